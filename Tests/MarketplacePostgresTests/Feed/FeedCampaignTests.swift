#if LibPQ
import MarketplaceCore
import MarketplaceStorage
import Synchronization
import Testing
@testable import MarketplacePostgres

/// Tells readers that nobody writes any more.
private final class CampaignEnd: Sendable {
    private let isOver = Atomic(false)

    var hasCome: Bool { isOver.load(ordering: .acquiring) }

    func come() {
        isOver.store(true, ordering: .releasing)
    }
}

/// Sixteen writers, each with transactions of its own that take their time and end as they like, and readers that page
/// along: what a sequence and a commit do to each other under load.
@Suite(.serialized, .enabled(if: PrivateServer.address != nil, "it needs a private server: Tests/run --only postgres"))
struct FeedCampaignTests {
    private static let writers = 16
    private static let eventsPerCommit = 10
    /// How many events must be there in the end.
    private static let leastEvents = 100_000
    /// More than that, for one transaction in twenty is rolled back.
    private static let commitsPerWriter = leastEvents * 11 / 10 / (writers * eventsPerCommit)

    @Test func noEventIsMissedLateOrReorderedAndANaiveReaderMissesSome() async throws {
        let database = try await TestDatabase()
        // The namespace's number is needed by the naive reader, and nothing has been written yet.
        _ = try await database.store.commit(Transaction(id: TransactionID(bits: 1), time: .epoch))
        let seed = UInt64.random(in: 0...UInt64.max)
        let end = CampaignEnd()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                var reader = FeedFollowing(store: database.store)
                try await reader.follow(until: { end.hasCome })
                let recorded = try await Self.recorded(in: database)
                #expect(recorded.count >= Self.leastEvents, "seed \(seed)")
                #expect(
                    reader.seen == recorded,
                    "what a reader saw while it was written is what is there: seed \(seed)"
                )
                #expect(Set(reader.seen).count == reader.seen.count, "each once: seed \(seed)")
                #expect(reader.disorder == 0, "streams in their order: seed \(seed)")
            }
            group.addTask {
                var naive = NaiveFollowing(database: database)
                try await naive.follow(until: { end.hasCome })
                let recorded = try await Self.recorded(in: database)
                #expect(naive.seen.count < recorded.count, "who goes by the numbers alone misses some: seed \(seed)")
            }
            group.addTask {
                defer { end.come() }
                try await withThrowingTaskGroup(of: Void.self) { writers in
                    for writer in 0..<Self.writers {
                        writers.addTask { try await Self.write(writer, to: database, seed: seed) }
                    }
                    try await writers.waitForAll()
                }
            }
            try await group.waitForAll()
        }
    }

    /// Transactions of one writer: some events for its own stream and one for a stream of all, then a while, then a
    /// commit, or a rollback every now and then.
    private static func write(_ writer: Int, to database: TestDatabase, seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed &+ UInt64(writer))
        let identifiers = SeededIdentifiers(seed: seed &+ UInt64(writer) &* 1_000_003)
        let own = StreamID("campaign", TextKey(EventID(bits: UInt128(writer + 1))))
        let store = database.store
        for _ in 0..<commitsPerWriter {
            var transaction = Transaction(id: identifiers.next(), time: .epoch, isRemembered: false)
            let isSharing = Int.random(in: 0..<50, using: &random) == 0
            for (stream, count) in [(own, eventsPerCommit - (isSharing ? 1 : 0)), (StreamID("campaign", "all"), 1)]
            where stream == own || isSharing {
                transaction.append(
                    (0..<count).map { _ in EventDraft(id: identifiers.next(), name: "Written", payload: [1, 2, 3]) },
                    to: stream,
                    expecting: .any
                )
            }
            let pauseSeconds = Double.random(in: 0...0.004, using: &random)
            let end = Int.random(in: 0..<20, using: &random) == 0 ? "rollback" : "commit"
            let joined = transaction
            try await TestDatabase.pool.get().withSession { session throws(PostgresFailure) in
                _ = try await session.run(PostgresStatement("begin"))
                do throws(StoreError) {
                    _ = try await store.commit(joined, joining: LentSession(session))
                } catch {
                    throw PostgresFailure(.unreadable, "\(error)")
                }
                _ = try await session.run([
                    PostgresStatement("select pg_sleep(\(pauseSeconds))"), PostgresStatement(end),
                ])
            }
        }
    }

    /// All events of the namespace, once nobody writes any more.
    private static func recorded(in database: TestDatabase) async throws -> [EventID] {
        var following = FeedFollowing(store: database.store)
        try await following.follow(until: { true })
        return following.seen
    }
}
#endif
