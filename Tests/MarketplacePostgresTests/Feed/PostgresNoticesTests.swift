#if LibPQ
import MarketplaceCore
import MarketplaceStorage
import MarketplaceTestKit
import Testing
@testable import MarketplacePostgres

@Suite(.onPrivateServer) struct PostgresNoticesTests {
    /// The notices of this test's namespaces, as a process hears them that listens.
    private struct Listening {
        private var payloads: AsyncStream<String?>.Iterator
        private let task: Task<Void, Never>
        private let prefix: String

        init(_ pool: LibPQPool, prefix: String = "noticed-") async {
            self.prefix = prefix
            let (heard, continuation) = AsyncStream<String?>.makeStream()
            task = Task {
                try? await pool.listen(to: PostgresNotices.channel) { continuation.yield($0) }
                continuation.finish()
            }
            payloads = heard.makeAsyncIterator()
            // The first says that it listens.
            _ = await payloads.next(isolation: #isolation)
        }

        /// The next one; other tests use the same database.
        mutating func next() async -> String? {
            while let payload = await payloads.next(isolation: #isolation) {
                if let payload, payload.hasPrefix(prefix) { return payload }
            }
            return nil
        }

        func end() async {
            task.cancel()
            await task.value
        }
    }

    @Test func whatIsCommittedWithinAPauseIsToldOfTogether() async throws {
        let pool = try PrivateServer.pool(maximumConnections: 3)
        var listening = await Listening(pool)
        let clock = ManualClock()
        let notices = PostgresNotices(pool, timeline: MonotonicTimeline(clock))
        notices.tell(["noticed-1"])
        #expect(await listening.next() == "noticed-1", "who was told of nothing yet is told at once")
        await clock.waitForSleepers()
        for _ in 0..<100 { notices.tell(["noticed-2"]) }
        notices.tell(["noticed-3"])
        clock.advance(by: PostgresNotices.pause)
        let both = [await listening.next(), await listening.next()]
        #expect(Set(both) == ["noticed-2", "noticed-3"])
        await clock.waitForSleepers()
        clock.advance(by: PostgresNotices.pause)
        notices.tell(["noticed-4"])
        #expect(await listening.next() == "noticed-4", "a hundred commits were one notice")
        await listening.end()
        await pool.close()
    }

    // Whoever repeated it found it done and told nobody, and readers learnt of it by their own looks.
    @Test func aCommitWhoseAnswerIsLostIsToldOf() async throws {
        let pool = try PrivateServer.pool(maximumConnections: 3)
        var listening = await Listening(pool, prefix: "lost-")
        let probe = ScriptedWriterProbe()
        let identifiers = TimeOrderedIdentifiers(clock: SystemWallClock())
        let id: EventID = identifiers.next()
        let database = try await TestDatabase(namespace: TextKey(validating: "lost-\(id)"), probe: probe)
        func sale() -> Transaction {
            var transaction = Transaction(id: identifiers.next(), time: .epoch)
            let draft = EventDraft(id: identifiers.next(), name: "Sold", payload: [])
            transaction.append([draft], to: StreamID("s", "a"), expecting: .none)
            return transaction
        }
        let lost = sale()
        _ = probe.inject(.loseAnswer, 1)
        let failure = await #expect(throws: StoreError.self) { try await database.store.commit(lost) }
        #expect(failure?.effect == .unknown)
        _ = try await database.store.commit(lost)
        // What is told of in one notice is heard in any order, and what comes with the next one after it.
        var heard: Set<String> = []
        for suffix in ["later", "last"] {
            _ = try await database.store(suffix).commit(sale())
            while !heard.contains("lost-\(id)/\(suffix)"), let payload = await listening.next() {
                heard.insert(payload)
            }
        }
        #expect(heard.contains("lost-\(id)"))
        await listening.end()
        await pool.close()
    }

    @Test func aNoticeThatFailsDoesNotEndThoseBehindIt() async throws {
        let broken = LibPQPool(try LibPQConfiguration("postgres://127.0.0.1:1/none"))
        let clock = ManualClock()
        let notices = PostgresNotices(broken, timeline: MonotonicTimeline(clock))
        notices.tell(["noticed-5"])
        // The pause behind it comes although nobody could be told.
        await clock.waitForSleepers()
        notices.tell(["noticed-6"])
        clock.advance(by: PostgresNotices.pause)
        await clock.waitForSleepers()
        await broken.close()
    }
}
#endif
