import MarketplaceCore
import MarketplaceStorage

/// The whole journal of a saga, read back and checked.
struct SagaJournal: Sendable {
    /// A part of a journal.
    struct Tail: Sendable {
        var records: [SagaRecord] = []
        /// When each record was written.
        var times: [Timestamp] = []
        var version: StreamVersion
        /// The headers of the first entry.
        var headers: ContextHeaders?
    }

    let start: SagaStart
    let records: [SagaRecord]
    let times: [Timestamp]
    let version: StreamVersion
    /// The headers the saga was started with.
    let headers: ContextHeaders

    /// The most entries read at once.
    private static var pageSize: Int { 500 }

    /// Reads the journal of a saga.
    ///
    /// A journal that does not begin with the start, or has a gap, is refused rather than carried on from the middle.
    init(of id: SagaID, in store: any Store) async throws(SagaError) {
        let tail = try await Self.tail(of: id, after: .none, in: store)
        guard case .started(let start) = tail.records.first else {
            throw .damagedJournal(id, "it does not begin with the start")
        }
        self.start = start
        records = tail.records
        times = tail.times
        version = tail.version
        headers = tail.headers ?? ContextHeaders()
    }

    /// Reads the journal of a saga that began under `definition`.
    init<State>(
        of id: SagaID,
        _ definition: SagaDefinition<State>,
        in store: any Store
    ) async throws(SagaError) {
        try await self.init(of: id, definition.name, definition.shape, in: store)
    }

    /// Reads the journal of a saga that began under the definition of that name and shape.
    init(of id: SagaID, _ definition: String, _ shape: SagaShape, in store: any Store) async throws(SagaError) {
        try await self.init(of: id, in: store)
        guard start.fingerprint == shape.fingerprint else {
            throw .changedDefinition(name: definition, version: start.version)
        }
        for step in records.lazy.compactMap(\.step) where !shape.steps.indices.contains(step) {
            throw .damagedJournal(id, "the saga has no step \(step)")
        }
    }

    /// How many workers in a row have taken the saga over without anything else being written.
    var fruitlessClaims: Int {
        records.reversed().prefix { record in
            if case .claimed = record { true } else { false }
        }.count
    }

    /// Reads what a journal has after `version`, checking that nothing is missing.
    static func tail(
        of id: SagaID,
        after version: StreamVersion,
        in store: any Store
    ) async throws(SagaError) -> Tail {
        var tail = Tail(version: version)
        var pageCount = pageSize
        while pageCount == pageSize {
            let page = try await page(of: id, after: tail.version, in: store)
            for event in page {
                guard event.version == tail.version.advanced(by: 1) else {
                    throw .damagedJournal(id, "entry \(tail.version.advanced(by: 1)) is missing")
                }
                if tail.headers == nil { tail.headers = event.headers }
                tail.version = event.version
                do throws(BinaryFormatError) {
                    let records = try SagaEntry.decode(event.payload)
                    tail.records += records
                    tail.times += Array(repeating: event.time, count: records.count)
                } catch {
                    throw .damagedJournal(id, "entry \(event.version): \(error)")
                }
            }
            pageCount = page.count
        }
        return tail
    }

    private static func page(
        of id: SagaID,
        after version: StreamVersion,
        in store: any Store
    ) async throws(SagaError) -> [RecordedEvent] {
        do throws(StoreError) {
            return try await store.events(
                in: SagaCoordinator.stream(of: id),
                from: version.advanced(by: 1),
                limit: pageSize
            )
        } catch {
            throw .store(error)
        }
    }
}
