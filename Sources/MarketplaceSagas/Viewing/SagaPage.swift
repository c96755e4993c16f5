public import MarketplaceStorage

/// One page of a list of sagas.
public struct SagaPage: Sendable, Hashable {
    /// The sagas, in the order of the query.
    public internal(set) var sagas: [SagaSummary] = []
    /// The stored summaries come upon that cannot be read, and why; which sagas they are of is not known.
    ///
    /// They are not counted, and one may be named on two pages.
    public internal(set) var unreadable: [DocumentKey: StoreError] = [:]
    /// Where to read on; nil when this was the last page.
    public internal(set) var next: SagaCursor?
}
