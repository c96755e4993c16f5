import MarketplaceCore
import MarketplaceStorage

/// A store that notes every call and its outcome in the history of a law, and how far its feed must reach.
struct RecordingStore: Store {
    private let base: any Store
    private let history: LawHistory
    private let reach = FeedReach()

    init(_ base: any Store, history: LawHistory) {
        self.base = base
        self.history = history
    }

    /// The highest position of a receipt for events: who reads the feed up to there finds all that was acknowledged.
    var acknowledged: FeedPosition { reach.position }

    func commit(_ transaction: Transaction) async throws(StoreError) -> CommitReceipt {
        let tick = history.begin()
        do throws(StoreError) {
            let receipt = try await base.commit(transaction)
            history.end(tick, "commit \(transaction.summary) → \(receipt.summary)")
            if !transaction.appends.isEmpty { reach.extend(to: receipt.position) }
            return receipt
        } catch {
            history.end(tick, "commit \(transaction.summary) → \(error)")
            throw error
        }
    }

    func events(
        in stream: StreamID,
        from version: StreamVersion,
        limit: Int
    ) async throws(StoreError) -> [RecordedEvent] {
        let call = "events in \(stream) from \(version), at most \(limit)"
        let tick = history.begin()
        do throws(StoreError) {
            let events = try await base.events(in: stream, from: version, limit: limit)
            history.end(tick, "\(call) → \(RecordedEvent.summary(of: events))")
            return events
        } catch {
            history.end(tick, "\(call) → \(error)")
            throw error
        }
    }

    func events(
        after position: FeedPosition,
        matching filter: EventFilter,
        limit: Int
    ) async throws(StoreError) -> FeedSlice {
        let call = "events after \(position) of \(filter.summary), at most \(limit)"
        let tick = history.begin()
        do throws(StoreError) {
            let slice = try await base.events(after: position, matching: filter, limit: limit)
            let end = slice.isCaughtUp ? "caught up" : "more to come"
            history.end(tick, "\(call) → \(RecordedEvent.summary(of: slice.events)) to \(slice.position), \(end)")
            return slice
        } catch {
            history.end(tick, "\(call) → \(error)")
            throw error
        }
    }

    func document(_ key: DocumentKey) async throws(StoreError) -> StoredDocument? {
        let tick = history.begin()
        do throws(StoreError) {
            let document = try await base.document(key)
            history.end(tick, "document \(key) → \(document.map { "revision \($0.revision)" } ?? "none")")
            return document
        } catch {
            history.end(tick, "document \(key) → \(error)")
            throw error
        }
    }

    func documents(matching query: DocumentQuery) async throws(StoreError) -> DocumentSlice {
        let tick = history.begin()
        do throws(StoreError) {
            let slice = try await base.documents(matching: query)
            let ids = slice.documents.map(\.key.id.text)
            history.end(
                tick,
                "documents \(query.summary) → \(ids), \(slice.next == nil ? "last page" : "more to come")"
            )
            return slice
        } catch {
            history.end(tick, "documents \(query.summary) → \(error)")
            throw error
        }
    }

    func counters(_ keys: [CounterKey]) async throws(StoreError) -> [CounterKey: Int64] {
        let tick = history.begin()
        let call = "counters \(keys.prefix(10).map(\.text))"
        do throws(StoreError) {
            let values = try await base.counters(keys)
            history.end(tick, "\(call) → \(keys.prefix(10).map { values[$0].map(String.init) ?? "missing" })")
            return values
        } catch {
            history.end(tick, "\(call) → \(error)")
            throw error
        }
    }
}
