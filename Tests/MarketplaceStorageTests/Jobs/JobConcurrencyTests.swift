import MarketplaceCore
import MarketplaceInMemory
import MarketplaceStorage
import MarketplaceTestKit
import TestSupport
import Testing

/// Many servers at once: what must hold is that no due time is claimed twice.
struct JobConcurrencyTests {
    /// Gives a lease to everybody who asks: a lock service that has gone mad.
    private final class NoLocks: LockProvider {
        private let tokens: any IdentifierSource

        init(_ tokens: any IdentifierSource) {
            self.tokens = tokens
        }

        private struct Keeper: LeaseKeeper {
            func renew(for length: Duration) async throws(LockError) -> Bool { true }
            func release() async throws(LockError) -> LeaseReleaseOutcome { .released }
        }

        func acquire(_ keys: LockKeys, lease: Duration, wait: Duration) async throws(LockError) -> LockOutcome {
            // Identifiers rise, and their high half does with them.
            let token = FencingToken(UInt64(truncatingIfNeeded: tokens.nextBits() >> 64))
            return .acquired(
                Lease(
                    tokens: Dictionary(uniqueKeysWithValues: keys.sorted.map { ($0, token) }),
                    length: lease,
                    from: .zero,
                    on: MonotonicTimeline(ManualClock()),
                    keeper: Keeper()
                )
            )
        }
    }

    private let seen = Journal<SeenRun>()

    private func job(on server: Int, missedRuns: MissedRunPolicy = .runOnce) throws -> ScheduledJob {
        let seen = seen
        return try ScheduledJob(
            "job",
            .every(.minutes(1)),
            atMost: .seconds(30),
            missedRuns: missedRuns,
            attempts: 1_000,
            historyLimit: 1_000
        ) { run in
            await Task.yield()
            seen.append(SeenRun(server: server, minute: World.minute(of: run.due), attempt: run.attempt))
            await Task.yield()
        }
    }

    /// Lets all servers look at the same time; one that fails looks again in the next round.
    private func lookAtOnce(_ servers: [JobScheduler]) async {
        await withTaskGroup(of: Void.self) { group in
            for server in servers { group.addTask { _ = try? await server.runDue() } }
        }
    }

    private func isClaimedOnce() -> Bool {
        let claims = seen.entries.map { [$0.minute, Int64($0.attempt)] }
        return Set(claims).count == claims.count
    }

    @Test func ofManyServersOneRunsEachDueTime() async throws {
        let world = World()
        let store = FaultInjectingStore(world.base, afterRead: { await Task.yield() })
        let servers = try (1...12).map { world.server(try job(on: $0), on: store) }
        await lookAtOnce(servers)
        for _ in 1...50 {
            world.clock.advance(by: .minutes(1))
            await lookAtOnce(servers)
        }
        #expect(seen.entries.map(\.minute) == Array(1...50))
        #expect(seen.entries.allSatisfy { $0.attempt == 1 })
        #expect(try await world.history() == (1...50).map { "\($0)/1 succeeded" })
    }

    @Test func aLostAnswerOrRequestNeitherRepeatsNorLosesARun() async {
        await PropertyRun.checkAsync(20) { run async throws in
            let world = World()
            let journal = seen.entries.count
            let store = FaultInjectingStore(
                world.base,
                rule: FaultInjectingStore.uncertainty(oneIn: 3, seed: run.generator.next()),
                afterRead: { await Task.yield() }
            )
            let servers = try (1...6).map { world.server(try job(on: $0, missedRuns: .catchUp(limit: 100)), on: store) }
            await lookAtOnce(servers)
            for _ in 1...10 {
                world.clock.advance(by: .minutes(1))
                await lookAtOnce(servers)
            }
            // Whatever is still open is due to be taken over by a server that sees its lease stand still.
            for _ in 1...3 {
                world.clock.advance(by: .seconds(15))
                await lookAtOnce(servers)
            }
            let runs = seen.entries.dropFirst(journal)
            #expect(Set(runs.map(\.minute)) == Set(1...10), run.replay)
            #expect(Set(runs).count == runs.count, run.replay)
            #expect(!store.firedFaults.isEmpty, run.replay)
            // A due time was run again only where the store says that its first attempt did not come to its end.
            let history = try await world.history()
            let ended = history.filter { $0.hasSuffix("succeeded") }.map { $0.prefix { $0 != "/" } }
            #expect(Set(ended).count == ended.count && ended.count == 10, run.replay)
        }
    }

    @Test func evenWithoutWorkingLocksEveryAttemptIsClaimedOnce() async throws {
        let world = World()
        // All read the same before any of them decides on it.
        let store = FaultInjectingStore(world.base, afterRead: { await Task.yield() })
        let servers = try (1...8).map {
            world.server(try job(on: $0), on: store, locks: NoLocks(world.identifiers))
        }
        await lookAtOnce(servers)
        for _ in 1...30 {
            world.clock.advance(by: .minutes(1))
            await lookAtOnce(servers)
        }
        #expect(isClaimedOnce())
        #expect(Set(seen.entries.map(\.minute)) == Set(1...30))
    }

    @Test func serversThatCrashAtAnyCommitLeaveNoDueTimeBehind() async {
        await PropertyRun.checkAsync(60) { run async throws in
            let world = World()
            let journal = seen.entries.count
            var servers = try (1...3).map { world.server(try job(on: $0), on: world.base) }
            await lookAtOnce(servers)
            for minute in 1...4 {
                // One more server, which crashes somewhere on its way, before or after the commit.
                let store = FaultInjectingStore(world.base)
                let fault = run.element(of: [CommitFault.crashBefore, .crashAfter])
                store.inject(fault, atCommit: 1 + run.natural(through: 4))
                servers.append(world.server(try job(on: 10 + minute), on: store))
                world.clock.advance(by: .minutes(1))
                _ = try? await servers.last?.runDue()
                await lookAtOnce(servers)
                // The others see the lease stand still, and then that it is over.
                world.clock.advance(by: .seconds(30))
                await lookAtOnce(servers)
                world.clock.advance(by: .seconds(30))
            }
            await lookAtOnce(servers)
            let runs = seen.entries.dropFirst(journal)
            #expect(Set(runs.map(\.minute)).isSuperset(of: [1, 3, 5, 7]), run.replay)
            let claims = runs.map { [$0.minute, Int64($0.attempt)] }
            #expect(Set(claims).count == claims.count, run.replay)
            let history = try await world.history()
            #expect(!history.contains { $0.hasSuffix("open") }, run.replay)
        }
    }
}
