#if LibPQ
import MarketplaceCore
import MarketplaceStorage
import MarketplaceTestKit
import Testing
@testable import MarketplacePostgres

/// Leases in a table of their own, with the clock of a test in the place of the server's.
@Suite(.serialized, .onPrivateServer)
struct PostgresLockLawTests {
    private func makeSite(_ probe: ScriptedWriterProbe? = nil) async throws -> LockSite {
        let clock = ManualClock()
        let server = ServerClock(timeline: MonotonicTimeline(clock))
        let database = try await TestDatabase(probe: probe)
        let identifiers = SeededIdentifiers(seed: 1)
        return LockSite(clock: clock, attention: PostgresLockProvider.defaultPoll) { holderClock in
            // Another process has another connection and other memory; the server and its clock are the same.
            let other = try await TestDatabase(namespace: database.namespace, probe: probe)
            return PostgresLockProvider(
                database: other.database,
                namespace: other.namespace,
                identifiers: identifiers,
                clock: holderClock,
                testClock: server
            )
        }
    }

    @Test(arguments: LockLaws.all)
    func everyLawOfLocksHolds(_ law: LockLaw) async throws {
        try await law.check { try await makeSite() }
    }

    @Test(arguments: RemoteLockLaws.all)
    func everyLawOfRemoteLocksHolds(_ law: LockLaw) async throws {
        try await law.check { try await makeSite() }
    }

    @Test(arguments: LockFaultLaws.all)
    func everyLawOfFailingRequestsHolds(_ law: LockFaultLaw) async throws {
        try await law.check {
            let probe = ScriptedWriterProbe()
            return FaultyLockSite(try await makeSite(probe)) { fault, count in
                switch fault {
                case .refuse: _ = probe.inject(.refuse, count)
                case .loseRequest: _ = probe.inject(.loseRequest, count)
                case .loseAnswer: _ = probe.inject(.loseAnswer, count)
                }
            }
        }
    }
}
/// The clock of the server, which nobody sets.
private struct ServerClock: WallClock {
    let timeline: MonotonicTimeline

    var now: Timestamp { Timestamp.epoch.advanced(by: timeline.now) }
}
#endif
