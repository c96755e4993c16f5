#if LibPQ
import MarketplaceCore
import MarketplacePostgres
import MarketplaceStorage
import MarketplaceTestKit
import Testing

/// The locks that stand on any store, here on a server.
@Suite(.serialized, .enabled(if: PrivateServer.address != nil, "it needs a private server: Tests/run --only postgres"))
struct PostgresStoreLockLawTests {
    private func makeSite(_ probe: ScriptedWriterProbe? = nil) async throws -> LockSite {
        let clock = ManualClock()
        let store = try await TestDatabase(wallClock: clock.wall, clock: clock, probe: probe).store
        let identifiers = SeededIdentifiers(seed: 1)
        return LockSite(clock: clock, attention: StoreLockProvider.defaultPoll) { clock in
            StoreLockProvider(store: store, identifiers: identifiers, wallClock: clock.wall, clock: clock)
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
#endif
