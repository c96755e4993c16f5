public import MarketplaceCore
import MarketplaceStorage

extension SagaCoordinator {
    /// One page of the sagas of this store, driven here or elsewhere, by status, definition, both or neither.
    ///
    /// A saga whose status changes while pages are read may be found twice or not at all; one that keeps its status
    /// is found once. With a status a page costs one indexed read, without one a read for each of the statuses.
    ///
    /// - Parameter query: Which sagas, and in which order.
    /// - Returns: The page, with where to read on.
    /// - Throws: ``SagaError/store(_:)`` when they cannot be read.
    public func list(_ query: SagaQuery = SagaQuery()) async throws(SagaError) -> SagaPage {
        var page = SagaPage()
        var found: [(place: SagaCursor, saga: SagaSummary)] = []
        var hasMore = false
        for status in query.status.map({ [$0] }) ?? SagaStatus.allCases {
            var count = 0
            try await forEachDocument(query.documents(of: status)) { document throws(SagaError) in
                guard count < query.limit else {
                    hasMore = true
                    return false
                }
                do throws(StoreError) {
                    let saga = try SagaSummary(document)
                    found.append((SagaCursor(changedAt: saga.changedAt, document: document.key.id), saga))
                    count += 1
                } catch {
                    page.unreadable[document.key] = error
                }
                return true
            }
        }
        found.sort { query.order == .stalestFirst ? $0.place < $1.place : $0.place > $1.place }
        if hasMore || found.count > query.limit { page.next = found[query.limit - 1].place }
        page.sagas = found.prefix(query.limit).map(\.saga)
        return page
    }

    /// The saga of that definition's name and business key; nil when there is none.
    ///
    /// - Parameters:
    ///   - definition: The name of the saga's definition.
    ///   - key: The saga's business key.
    /// - Returns: What is kept of it beside its journal.
    /// - Throws: ``SagaError/badKey(_:)`` when both together are too long for a key, ``SagaError/store(_:)`` when the
    ///   saga cannot be read.
    public func find(_ definition: String, key: SagaKey) async throws(SagaError) -> SagaSummary? {
        try await summary(at: try Self.documentKey(definition, key))
    }

    /// The state that a saga began with; nil when there is no such saga, or its journal has been trimmed away.
    ///
    /// - Parameters:
    ///   - definition: The name of the saga's definition.
    ///   - key: The saga's business key.
    ///   - type: The state of all versions of that definition.
    /// - Returns: The state as it was handed in.
    /// - Throws: ``SagaError/badKey(_:)``, ``SagaError/payload(_:)`` when it is no such state, or why it cannot be read.
    public func input<State: SagaState>(
        of definition: String,
        key: SagaKey,
        as type: State.Type
    ) async throws(SagaError) -> State? {
        guard let summary = try await find(definition, key: key), summary.hasJournal else { return nil }
        let journal = try await SagaJournal(of: summary.id, in: store)
        return try Self.mapping(SagaError.payload) { () throws(PayloadCodecError) in
            try codec.decode(type, from: journal.start.input)
        }
    }

    /// Where the summary of a saga is kept.
    static func documentKey(_ definition: String, _ key: SagaKey) throws(SagaError) -> DocumentKey {
        try mapping(SagaError.badKey) { () throws(TextKeyError) in
            try SagaSummary.documentKey(definition: definition, key: key)
        }
    }
}

extension SagaQuery {
    /// The stored summaries of one status, from where the page before ended.
    fileprivate func documents(of status: SagaStatus) -> DocumentQuery {
        let values = (definition.map { [IndexValue.text($0)] } ?? []) + [.text(status.rawValue)]
        let query = DocumentQuery.indexed(
            SagaSummary.collection,
            by: definition == nil ? SagaSummary.Index.status : SagaSummary.Index.definition,
            prefix: values,
            descending: order == .newestFirst,
            // One more than a page, so that it is known whether there is another.
            limit: limit + 1
        )
        guard let cursor else { return query }
        return query.continued(
            from: DocumentCursor(values: values + [.time(cursor.changedAt)], id: cursor.document)
        )
    }
}
