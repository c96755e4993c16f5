public import MarketplaceStorage

/// A law of ``Store``.
public typealias StoreLaw = Law<any Store>

/// The laws that every conformance to ``Store`` keeps.
///
/// Each law wants an empty store of its own. Run them one by one as test cases, or all at once:
///
/// ```swift
/// @Test(arguments: StoreLaws.all)
/// func everyLawHolds(_ law: StoreLaw) async throws {
///     try await law.check { try await makeEmptyStore() }
/// }
///
/// try await StoreLaws.all.check { try await makeEmptyStore() }
/// ```
public enum StoreLaws {
    /// How long the feed may stay behind what was acknowledged before a law counts an event as lost.
    ///
    /// A feed ends before whatever is still being committed, be it by somebody else in the same database. Set another
    /// one around the check: `StoreLaws.$feedPatience.withValue(.seconds(90)) { … }`.
    @TaskLocal public static var feedPatience = Duration.seconds(30)

    /// All of them.
    public static let all = LawSet(
        commits + guards + documents + counters + idempotence + inputs + streams + feed + queries
    )

    private static let commits: [StoreLaw] = [
        commitIsAllOrNothing, commitAppliesEveryPart, receiptIsParallel, receiptCoversItsEvents,
        cancelledCommitIsNotApplied, cancelledCommitsAreHonest, outcomesAreEachItsOwn, oppositeOrdersSucceed,
        transactionsAreSeenWhole,
    ]
    private static let guards: [StoreLaw] = [
        expectedVersionsAreChecked, guardedVersionsAreChecked, guardedRevisionsAreChecked, fencesRememberTheHighest,
        fencesKeepTheHighestOfATransaction, fencesOutliveDeletion, guardsHoldToTheEnd,
    ]
    private static let documents: [StoreLaw] = [
        expectedRevisionsAreChecked, revisionsNeverGoBack, documentsKeepTheirBytes, uniqueKeysAreTaken,
        uniqueKeysAreReleased, uniqueKeysCanBeExchanged, uniqueKeysMoveInOneTransaction, documentsAreWrittenOnceAtOnce,
        uniqueKeysAreTakenOnceAtOnce,
    ]
    private static let counters: [StoreLaw] = [
        countersKeepTheirBounds, boundsBindOneDirection, countersDoNotOverflow, countersMergeAdditions,
        countersCanBeDeleted, additionsCommute, countersGiveOutExactlyTheCeiling,
        countersStayWithinBoundsAtOnce,
    ]
    private static let idempotence: [StoreLaw] = [
        repetitionReturnsTheFirstReceipt, repetitionIsRecognisedLater, repetitionMakesNothingAnew,
        repetitionsAtOnceApplyOnce, reusedIDsAreRefused, reusedIDsAtOnceAreRefused, refusedIDsAreFree,
        unrememberedAppliesOnce,
    ]
    private static let inputs: [StoreLaw] = [
        limitsAreKept, contradictionsAreRefused, pageLimitsAreChecked, largestInputsWork, keysAreBytes,
        keysAreOrderedBytewise,
    ]
    private static let streams: [StoreLaw] = [
        eventsComeBackWhole, streamsArePaged, extremeVersionsAreHarmless, trimmedStreamsKeepTheirVersion,
        trimmedStreamsBeginAgain, concurrentAppendsLoseNothing,
    ]
    private static let feed: [StoreLaw] = [
        feedIsPaged, feedIsFiltered, journalsStayOutside, feedKeepsOrder, feedTellsHowFarItScanned,
        feedForgetsTrimmedEvents, positionsAreNotReused, feedHasNoLateArrivals, interleavingsKeepTheFeed,
    ]
    private static let queries: [StoreLaw] = [
        idOrderIsBytewise, indexOrderIsByValues, prefixesSelect, boundsSelect, descendingReverses, cursorsPage,
        entriesAreSeveral, rewritesReplaceEntries, collectionsAreApart, indexesAreApart, indexTextsAreBytes,
        severalEntriesArePaged, pagesGoOnWhileOthersWrite,
    ]
}
