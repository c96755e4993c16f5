#if LibPQ
import MarketplaceCore
import MarketplaceStorage
@testable import MarketplacePostgres

/// A session as a value of a type of its own, for calls that are generic over it.
struct LentSession: PostgresSession {
    private let base: any PostgresSession

    init(_ base: any PostgresSession) {
        self.base = base
    }

    func run(_ statements: [PostgresStatement]) async throws(PostgresFailure) -> [PostgresRows] {
        try await base.run(statements)
    }
}

/// A reader that pages along the feed of a store.
struct FeedFollowing {
    let store: PostgresStore
    private(set) var seen: [EventID] = []
    /// How many events came after one of a higher version of their stream.
    private(set) var disorder = 0
    private var versions: [StreamID: StreamVersion] = [:]

    init(store: PostgresStore) {
        self.store = store
    }

    /// Reads until it has caught up after `isOver`, and nothing is held back any more.
    mutating func follow(until isOver: () -> Bool) async throws {
        var position = FeedPosition.start
        while true {
            let mayEnd = isOver()
            let slice = try await store.events(after: position, matching: .all, limit: 500)
            for event in slice.events {
                seen.append(event.id)
                if event.version <= versions[event.stream] ?? .none { disorder += 1 }
                versions[event.stream] = event.version
            }
            position = slice.position
            guard mayEnd, slice.isCaughtUp else { continue }
            let rest = try await store.database.read([
                PostgresReading(namespace: store.name).news(after: position)
            ])
            if try rest[0].integer(1, of: 0) == 0 { return }
        }
    }
}

/// A reader that goes by the numbers of the rows it sees, as one would without knowing about commits under way.
struct NaiveFollowing {
    let database: TestDatabase
    private(set) var seen: [EventID] = []

    init(database: TestDatabase) {
        self.database = database
    }

    /// Reads until it finds nothing after `isOver`.
    mutating func follow(until isOver: () -> Bool) async throws {
        var last: (turn: Int64, number: Int64) = (0, 0)
        while true {
            let mayEnd = isOver()
            let rows = try await database.database.read([
                PostgresStatement(
                    """
                    select turn, number, id from marketplace_event where namespace = \(PostgresReading.own) and not \
                    is_journal and (turn, number) > ($2, $3) order by turn, number limit 500
                    """,
                    name: "naive",
                    values: [.text(database.namespace.text), .bigint(last.turn), .bigint(last.number)]
                )
            ])[0]
            for row in 0..<rows.count {
                seen.append(EventID(bits: try rows.bits(2, of: row)))
                last = (try rows.integer(0, of: row), try rows.integer(1, of: row))
            }
            if mayEnd, rows.count == 0 { return }
        }
    }
}
#endif
