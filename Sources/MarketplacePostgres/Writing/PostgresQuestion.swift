import MarketplaceStorage

/// What a batch asks the server in its first round trip.
struct PostgresQuestion {
    private let known: PostgresRegistry.Known
    private let load: PostgresLoad
    private let locks: [PostgresStatement]
    private let reads: [(part: PostgresLoad.Part, statement: PostgresStatement)]

    init(_ requests: [GroupCommitRequest], _ known: PostgresRegistry.Known) {
        self.known = known
        load = PostgresLoad(requests.lazy.map { (known.namespace($0.namespace), $0.transaction) })
        (locks, reads) = load.statements
    }

    /// The statements that lock, then those that read.
    var statements: [PostgresStatement] { locks + reads.map(\.statement) }

    /// Decides on the answers, one request after the other; the outcomes are parallel to the requests.
    func decide(
        _ requests: [GroupCommitRequest],
        _ rows: [PostgresRows],
        retention: Duration
    ) throws(PostgresFailure) -> (batch: PostgresBatch, outcomes: [GroupCommitOutcome]) {
        let answers = zip(reads.map(\.part), rows.suffix(reads.count)).map { (part: $0, rows: $1) }
        guard answers.count == reads.count else { throw PostgresFailure(.unreadable, "no answer to a statement") }
        var batch = try PostgresBatch(load, answers: answers, retention: retention, registry: known)
        let outcomes = requests.map { batch.commit($0) }
        return (batch, outcomes)
    }
}
