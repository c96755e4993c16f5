import MarketplaceStorage

/// What a batch asks the server in its first round trip.
struct PostgresQuestion {
    private let known: PostgresRegistry.Known
    private let load: PostgresLoad
    private let read: PostgresStatement?

    init(_ requests: [GroupCommitRequest], _ known: PostgresRegistry.Known) {
        self.known = known
        load = PostgresLoad(requests.lazy.map { (known.namespace($0.namespace), $0.transaction) })
        read = load.read
    }

    /// The statement that locks, made by `locking`, then the one that reads.
    func statements(_ locking: (PostgresSlots) -> PostgresStatement) -> [PostgresStatement] {
        [locking(load.slots)] + [read].compactMap(\.self)
    }

    /// Decides on the answers, one request after the other; the outcomes are parallel to the requests.
    func decide(
        _ requests: [GroupCommitRequest],
        _ rows: [PostgresRows],
        retention: Duration
    ) throws(PostgresFailure) -> (batch: PostgresBatch, outcomes: [GroupCommitOutcome]) {
        guard rows.count == (read == nil ? 1 : 2) else {
            throw PostgresFailure(.unreadable, "no answer to a statement")
        }
        var batch = try PostgresBatch(
            load,
            turns: rows[0],
            answers: read == nil ? PostgresRows() : rows[1],
            retention: retention,
            registry: known
        )
        let outcomes = requests.map { batch.commit($0) }
        return (batch, outcomes)
    }
}
