import MarketplaceCore
import MarketplaceInMemory
import MarketplaceStorage
import MarketplaceTestKit
import Testing

struct StoreLockLawTests {
    private func makeSite(_ world: World = World()) -> LockSite {
        LockSite(clock: world.clock, attention: StoreLockProvider.defaultPoll) { clock in
            StoreLockProvider(
                store: world.store,
                identifiers: world.identifiers,
                wallClock: clock.wall,
                clock: clock
            )
        }
    }

    @Test(arguments: LockLaws.all)
    func everyLawOfLocksHolds(_ law: LockLaw) async throws {
        try await law.check { makeSite() }
    }

    @Test(arguments: RemoteLockLaws.all)
    func everyLawOfRemoteLocksHolds(_ law: LockLaw) async throws {
        try await law.check { makeSite() }
    }

    @Test(arguments: LockFaultLaws.all)
    func everyLawOfFailingRequestsHolds(_ law: LockFaultLaw) async throws {
        try await law.check {
            let world = World()
            return FaultyLockSite(makeSite(world)) { fault, count in
                world.store.reset()
                guard count > 0 else { return }
                world.store.inject(fault.ofCommit, atCommits: 1...count)
            }
        }
    }
}

extension LockFault {
    /// The fault of the commit by which a lock is changed.
    fileprivate var ofCommit: CommitFault {
        switch self {
        case .refuse: .unavailable
        case .loseRequest: .loseRequest
        case .loseAnswer: .loseAnswer
        }
    }
}
