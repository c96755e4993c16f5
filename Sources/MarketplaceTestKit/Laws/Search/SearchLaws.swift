/// A law of `SearchIndex`.
public typealias SearchLaw = Law<SearchSite>

/// The laws that every conformance to `SearchIndex` keeps.
///
/// Each law wants a site of its own in which nothing was put:
///
/// ```swift
/// @Test(arguments: SearchLaws.all)
/// func everyLawHolds(_ law: SearchLaw) async throws {
///     try await law.check { try await makeEmptySite() }
/// }
/// ```
public enum SearchLaws {
    /// All of them.
    public static let all = LawSet(updates + words + filters + order + whole)

    private static let updates: [SearchLaw] = [
        putsReplace, repeatsChangeNothing, lateChangesChangeNothing, deletionsLast, lastOfABatchCounts,
        refusedUpdatesChangeNothing, racesEndAtTheLatest, namespacesAreApart, indexesAreReopened,
    ]
    private static let words: [SearchLaw] = [
        allWordsMustMatch, lastWordMayBeAPrefix, writingDoesNotMatter, everyScriptIsFound, wordsAreOnlyWords,
        longTextsAreFound,
    ]
    private static let filters: [SearchLaw] = [
        facetsAreChosen, numbersAreBounded, flagsAreDemanded, facetsAreCounted, namesAreBytes,
    ]
    private static let order: [SearchLaw] = [
        fitComesFirst, numbersOrder, pagesNeitherOverlapNorSkip, cursorsTravel, cursorsStayWithTheirQuery,
    ]
    private static let whole: [SearchLaw] = [boundsAreKept, modelIsMatched]
}
