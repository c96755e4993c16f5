import MarketplaceCore
import MarketplaceStorage

/// The whole journal of a saga, read back and checked.
struct SagaJournal: Sendable {
    let start: SagaStart
    let records: [SagaRecord]
    let version: StreamVersion
    /// The headers the saga was started with.
    let headers: ContextHeaders

    /// The most entries read at once.
    private static var pageSize: Int { 500 }

    /// Reads the journal of a saga that began under `definition`.
    ///
    /// A journal that does not begin with the start, or has a gap, is refused rather than
    /// carried on from the middle.
    init<State>(
        of id: SagaID,
        _ definition: SagaDefinition<State>,
        in store: any Store
    ) async throws(SagaError) {
        var records: [SagaRecord] = []
        var version = StreamVersion.none
        var headers = ContextHeaders()
        var pageCount = Self.pageSize
        while pageCount == Self.pageSize {
            let page = try await Self.page(of: id, after: version, in: store)
            for event in page {
                guard event.version == version.advanced(by: 1) else {
                    throw .damagedJournal(id, "entry \(version.advanced(by: 1)) is missing")
                }
                if version == .none { headers = event.headers }
                version = event.version
                do throws(BinaryFormatError) {
                    records += try SagaEntry.decode(event.payload)
                } catch {
                    throw .damagedJournal(id, "entry \(version): \(error)")
                }
            }
            pageCount = page.count
        }
        guard case .started(let start) = records.first else {
            throw .damagedJournal(id, "it does not begin with the start")
        }
        guard start.fingerprint == definition.fingerprint else {
            throw .changedDefinition(name: definition.name, version: definition.version)
        }
        for step in records.lazy.compactMap(\.step) where !definition.steps.indices.contains(step) {
            throw .damagedJournal(id, "the saga has no step \(step)")
        }
        self.start = start
        self.records = records
        self.version = version
        self.headers = headers
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
