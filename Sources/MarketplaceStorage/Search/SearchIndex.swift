/// Finds documents by words, facets and numbers: what the search of a shop stands on.
///
/// An index is fed from events by a projection, and may be behind them. A value is bound to one namespace (a tenant):
/// two namespaces of one database never meet. Both calls are safe to make from any number of tasks. The laws that every
/// conformance must keep are checks in `MarketplaceTestKit`.
///
/// All conformances find the same documents in the same order, to the letter: words come from one ``SearchTokenizer``,
/// and the score is a count (``SearchScore``) rather than each engine's own formula.
public protocol SearchIndex: Sendable {
    /// Puts and deletes documents, all of them or none.
    ///
    /// A change whose revision is lower than or equal to that of the last change of its key changes nothing. So an
    /// update whose outcome is unknown is made again, and changes may arrive in any order. What is acknowledged is
    /// found by every search that begins later.
    ///
    /// - Throws: ``SearchError``; ``SearchError/Code/invalid`` when a change breaks one of ``SearchLimits``.
    func update(_ changes: [SearchChange]) async throws(SearchError)

    /// Finds one page of documents, how many there are, and the counts of the wanted facets.
    ///
    /// - Throws: ``SearchError``; ``SearchError/Code/invalid`` when the query breaks one of ``SearchLimits``,
    ///   ``SearchError/Code/foreignCursor`` when its cursor belongs to another query.
    func find(_ query: SearchQuery) async throws(SearchError) -> SearchResult
}
