#if LibPQ
import MarketplaceCore
import MarketplaceStorage
import Synchronization
import Testing
@testable import MarketplacePostgres

@Suite(.serialized, .enabled(if: PrivateServer.address != nil, "it needs a private server: Tests/run --only postgres"))
struct FeedHeldTests {
    @Test func aTransactionThatHoldsTheFeedBackIsNamed() async throws {
        let notes = HeldNotes()
        let database = try await TestDatabase(
            configuration: PostgresConfiguration(feedPatience: .zero, feedHoldTolerance: .zero),
            observer: notes
        )
        let store = database.store
        let backend = try await TestDatabase.pool.get().withSession { session throws(PostgresFailure) -> Int64 in
            // Somebody else's transaction: it has written something, and stays open.
            let rows = try await session.run([
                PostgresStatement("begin"),
                PostgresStatement("select pg_current_xact_id(), pg_backend_pid()::bigint"),
            ])
            let backend = try rows[1].integer(1, of: 0)
            do throws(StoreError) {
                _ = try await store.commit(.sale(TimeOrderedIdentifiers(clock: SystemWallClock())))
                // Transactions of other tests may be older at first.
                for _ in 0..<1_000 where !notes.all.contains(where: { $0.backend == Int(backend) }) {
                    let slice = try await store.events(after: .start, matching: .all, limit: 10)
                    #expect(slice.events.isEmpty && slice.isCaughtUp, "what may still be overtaken is not shown")
                }
            } catch {
                throw PostgresFailure(.unreadable, "\(error)")
            }
            _ = try await session.run(PostgresStatement("rollback"))
            return backend
        }
        let report = try #require(notes.all.first { $0.backend == Int(backend) })
        #expect(report.database == "marketplace")
        #expect(try #require(report.age) > .zero)
        #expect(report.held > .zero)
        #expect(PostgresFeedHeld.name == "postgres.feed.held")
        var following = FeedFollowing(store: store)
        try await following.follow(until: { true })
        #expect(following.seen.count == 1, "it goes on as soon as the transaction has ended")
    }

    @Test func whatLastsIsReportedAgainAfterAsLongOnceMore() {
        let watch = PostgresFeedWatch(tolerance: .seconds(5))
        #expect(watch.note(isHeld: true, bound: 7, at: .seconds(10)) == nil)
        #expect(watch.note(isHeld: true, bound: 7, at: .seconds(14)) == nil)
        #expect(watch.note(isHeld: true, bound: 7, at: .seconds(15)) == .seconds(5))
        #expect(watch.note(isHeld: true, bound: 7, at: .seconds(19)) == nil)
        #expect(watch.note(isHeld: true, bound: 7, at: .seconds(20)) == .seconds(10))
        #expect(watch.note(isHeld: false, bound: 8, at: .seconds(21)) == nil)
        #expect(watch.note(isHeld: true, bound: 8, at: .seconds(22)) == nil, "what ends and begins again begins anew")
        #expect(watch.note(isHeld: true, bound: 8, at: .seconds(27)) == .seconds(5))
    }

    @Test func aNamespaceWithoutNewsDoesNotHideWhatHoldsTheOthers() {
        let watch = PostgresFeedWatch(tolerance: .seconds(5))
        #expect(watch.note(isHeld: true, bound: 7, at: .seconds(10)) == nil)
        #expect(watch.note(isHeld: false, bound: 7, at: .seconds(12)) == nil, "another namespace, which has no events")
        #expect(watch.note(isHeld: true, bound: 7, at: .seconds(15)) == .seconds(5))
    }

    @Test func manyShortTransactionsAreNotReportedAsOneThatHoldsTheFeed() {
        let watch = PostgresFeedWatch(tolerance: .seconds(5))
        for second in 1...60 {
            #expect(watch.note(isHeld: true, bound: Int64(second), at: .seconds(second)) == nil)
            #expect(
                watch.note(isHeld: true, bound: Int64(second) - 1, at: .seconds(second)) == nil,
                "a read that was slow"
            )
        }
    }
}

/// Keeps the reports on feeds that are held back.
private final class HeldNotes: Observer {
    private let notes = Mutex<[PostgresFeedHeld]>([])

    func record(_ event: some ObserverEvent) {
        guard let report = event as? PostgresFeedHeld else { return }
        notes.withLock { $0.append(report) }
    }

    var all: [PostgresFeedHeld] { notes.withLock { $0 } }
}
#endif
