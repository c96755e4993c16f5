import MarketplaceCore
import MarketplaceInMemory
import MarketplaceStorage
import MarketplaceTestKit
import Testing

struct InMemoryLockLawTests {
    private func makeSite() -> LockSite {
        let clock = ManualClock()
        let provider = InMemoryLockProvider(clock: clock)
        return LockSite(
            clock: clock,
            residue: { provider.residue },
            waiting: { provider.waiterCount },
            restart: {
                // What the documentation tells who guards a store that outlives the process.
                let now = UInt64(clamping: clock.wall.now.microsecondsSinceEpoch)
                return InMemoryLockProvider(clock: clock, firstToken: now)
            },
            connect: { _ in provider }
        )
    }

    @Test(arguments: LockLaws.all)
    func everyLawOfLocksHolds(_ law: LockLaw) async throws {
        try await law.check(makeSite)
    }

    @Test(arguments: FairLockLaws.all)
    func everyLawOfFairLocksHolds(_ law: LockLaw) async throws {
        try await law.check(makeSite)
    }
}
