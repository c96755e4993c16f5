#if LibPQ
import MarketplaceCore
import MarketplaceStorage
import MarketplaceTestKit
import Synchronization
import Testing
@testable import MarketplacePostgres

@Suite(.timeLimit(.minutes(10))) struct FeedNotifierTests {
    private let clock = ManualClock()
    private let sessions = NotedSessions()

    private func makeNotifier() -> PostgresFeedNotifier {
        PostgresFeedNotifier(sessions: sessions, timeline: MonotonicTimeline(clock))
    }

    @Test func theFirstIsToldAtOnceAndWhatComesInThePauseTogether() async {
        let notifier = makeNotifier()
        notifier.note(["tea"])
        await clock.waitForSleepers()
        #expect(sessions.told == [PostgresFeedNotifier.statement(["tea"])])
        for _ in 0..<100 { notifier.note(["coffee", "tea"]) }
        notifier.note(["cups"])
        #expect(sessions.told.count == 1, "not before the pause is over")
        clock.advance(by: PostgresFeedNotifier.interval)
        await clock.waitForSleepers()
        #expect(sessions.told.last == PostgresFeedNotifier.statement(["coffee", "cups", "tea"]))
        #expect(sessions.told.count == 2)
    }

    @Test func afterAQuietTimeItIsToldAtOnceAgain() async {
        let notifier = makeNotifier()
        for number in 1...3 {
            notifier.note(["tea"])
            await clock.waitForSleepers()
            #expect(sessions.told.count == number)
            clock.advance(by: PostgresFeedNotifier.interval)
            while !notifier.isIdle { await Task.yield() }
        }
    }

    @Test func whatCannotBeToldStandsInNobodysWay() async {
        let notifier = makeNotifier()
        sessions.failure.withLock { $0 = PostgresFailure(.overloaded, "no session is free") }
        notifier.note(["tea"])
        await clock.waitForSleepers()
        sessions.failure.withLock { $0 = nil }
        notifier.note(["coffee"])
        clock.advance(by: PostgresFeedNotifier.interval)
        await clock.waitForSleepers()
        #expect(sessions.told == [PostgresFeedNotifier.statement(["coffee"])])
    }

    @Test func whatIsUntoldWhenItIsClosedIsToldOfAndNothingAfterIt() async {
        let notifier = makeNotifier()
        notifier.note(["tea"])
        await clock.waitForSleepers()
        notifier.note(["coffee"])
        await notifier.close()
        notifier.note(["cups"])
        await notifier.close()
        #expect(sessions.told == [PostgresFeedNotifier.statement(["tea"]), PostgresFeedNotifier.statement(["coffee"])])
    }

    @Test func itsTransactionDoesNotWaitForTheDisk() async throws {
        let notifier = makeNotifier()
        notifier.note(["tea"])
        await clock.waitForSleepers()
        let texts = try #require(sessions.calls.withLock { $0.first }).map(\.sql)
        #expect(texts.first == PostgresWriter.begin.sql && texts.last == PostgresWriter.commit.sql)
        #expect(texts.contains { $0.contains("'synchronous_commit', 'off', true") })
    }

    @Test(.onPrivateServer)
    func whoeverListensHearsOfCommitsOfAllKinds() async throws {
        let database = try await TestDatabase()
        let identifiers = TimeOrderedIdentifiers(clock: SystemWallClock())
        let pool = try PrivateServer.pool(maximumConnections: 1)
        let (heard, continuation) = AsyncStream<String?>.makeStream()
        let listening = Task {
            do throws(PostgresFailure) {
                try await pool.listen(to: PostgresFeedNotifier.channel) { continuation.yield($0) }
            } catch {
                continuation.finish()
            }
        }
        defer { listening.cancel() }
        let names = heard.filter { [namespace = database.namespace] in $0 == nil || $0 == namespace.text }
        var iterator = names.makeAsyncIterator()
        #expect(await iterator.next() == .some(nil), "it listens")
        // The first is read before it is written, the second goes by what the first has seen.
        for _ in 1...2 {
            _ = try await database.store.commit(.sale(identifiers))
            #expect(await iterator.next() == database.namespace.text)
        }
        let joined = Transaction.sale(identifiers)
        let store = database.store
        try await TestDatabase.pool.get().withSession { session throws(PostgresFailure) in
            _ = try await session.run(PostgresStatement("begin"))
            do throws(StoreError) {
                _ = try await store.commit(joined, joining: LentSession(session))
            } catch {
                throw PostgresFailure(.unreadable, "\(error)")
            }
            _ = try await session.run(PostgresStatement("commit"))
        }
        #expect(await iterator.next() == database.namespace.text, "told by the caller's own transaction")
        _ = try await database.store.commit(.sale(identifiers))
        await database.database.close()
        #expect(await iterator.next() == database.namespace.text, "told when it was closed, at the latest")
    }
}
#endif
