public import MarketplaceCore

/// The narrow waist: what a database adapter implements, and all that everything above it is written on.
///
/// A `Store` value is bound to one namespace (a tenant): two namespaces of one database never meet. All six calls are
/// safe to make from any number of tasks. The laws that every conformance must keep are checks in
/// `MarketplaceTestKit`; the guide for adapter authors in `Docs/` explains them.
///
/// Refining protocols name what only some stores can do, such as ``ChangeSignal``; nothing is probed at run time.
public protocol Store: Sendable {
    /// Applies the whole transaction or none of it.
    ///
    /// Committing the same transaction again (same id, same content) returns the first receipt and changes nothing,
    /// for as long as the store keeps the id: 24 hours by default. That is how an *unknown* outcome is resolved. The
    /// same id with other content is a conflict; a refused id is forgotten, so that it can be used again. A transaction
    /// that need not be remembered says so (``Transaction/isRemembered``).
    ///
    /// - Throws: ``StoreError/invalid(_:)`` when it breaks a limit of ``StoreLimits`` or contradicts itself;
    ///   ``StoreError/conflict(_:)`` when the state refuses it, with the facts;
    ///   ``StoreError/notApplied(_:)`` when it certainly did not happen (a cancellation before it was started, too);
    ///   ``StoreError/unknown(_:)`` when it may have.
    func commit(_ transaction: Transaction) async throws(StoreError) -> CommitReceipt

    /// The events of one stream from `version` on, in order, at most `limit`; fewer only at the end of the stream.
    ///
    /// An unknown stream has no events. Events that were trimmed away are not returned.
    func events(
        in stream: StreamID,
        from version: StreamVersion,
        limit: Int
    ) async throws(StoreError) -> [RecordedEvent]

    /// The events of all streams after `position`, in feed order, at most `limit`.
    ///
    /// The feed promises: no late arrivals (once a reader was told it has scanned to a position, no event will ever
    /// appear at or before it), order within a stream, and cause before effect.
    func events(
        after position: FeedPosition,
        matching filter: EventFilter,
        limit: Int
    ) async throws(StoreError) -> FeedSlice

    /// The document of that key, or nil.
    func document(_ key: DocumentKey) async throws(StoreError) -> StoredDocument?

    /// One page of the documents that match, in the order of the query.
    func documents(matching query: DocumentQuery) async throws(StoreError) -> DocumentSlice

    /// The values of counters; one that was never added to is 0.
    func counters(_ keys: [CounterKey]) async throws(StoreError) -> [CounterKey: Int64]
}

extension Store {
    /// The value of one counter; 0 when it was never added to.
    public func counter(_ key: CounterKey) async throws(StoreError) -> Int64 {
        try await counters([key])[key] ?? 0
    }
}
