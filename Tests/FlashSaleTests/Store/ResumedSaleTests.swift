import ExampleSupport
import FlashSaleKit
import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

/// On the clocks of the command: a worker is dead when it was silent for a lease.
@Suite(.timeLimit(.minutes(10)))
struct ResumedSaleTests {
    private static func plan(seed: UInt64) -> SalePlan {
        var plan = SalePlan.troubled(seed: seed, buyers: 60, stock: 50, skus: 2)
        plan.opensAfter = .milliseconds(40)
        plan.abandonedHold = .milliseconds(30)
        plan.walkAways = .percent(10)
        return plan
    }

    @Test func aSaleOnAStoreHolds() async throws {
        let run = try #require(try await ProcessDouble().run(Self.plan(seed: 1)))
        #expect(try run.broken == [])
        #expect(run.history.earlierOrders.isEmpty)
        #expect(try run.summary.sold > 0)
    }

    @Test func whatIsOverStaysOver() async throws {
        let plan = Self.plan(seed: 2)
        let processes = ProcessDouble()
        let first = try #require(try await processes.run(plan))
        let entries = processes.record.entries()
        let second = try #require(try await processes.run(plan))
        #expect(try second.broken == [])
        #expect(processes.record.entries() == entries)
        #expect(second.history.earlierOrders == first.evidence.sagaOrders)
        #expect(second.evidence.movementCount == first.evidence.movementCount)
        #expect(try second.summary.sold == first.summary.sold)
        #expect(try first.summary.repeated == 0)
        #expect(try second.summary.repeated == first.summary.attempts)
        #expect(try second.summary.tables[0].rows.contains { $0[0] == "attempts of killed processes" })
    }

    // The crash points are spread over a whole sale, and over what is left of it; a seed that fails is run again alone
    // with its number as the only one.
    @Test func aSaleThatDiesAnywhereIsFinishedByTheNextProcess() async throws {
        var resumedCount = 0
        let seeds = PropertyRun.part(of: Array(1...24), oneIn: 2).map(UInt64.init)
        try await withThrowingTaskGroup(of: Int.self) { group in
            for (number, seed) in seeds.enumerated() {
                if number >= 8, let earlier = try await group.next() { resumedCount += earlier }
                group.addTask { try await Self.dieAndGoOn(seed: seed) }
            }
            for try await earlier in group { resumedCount += earlier }
        }
        #expect(resumedCount > seeds.count * 20, "processes died before they had begun much")
    }

    /// How many purchases the last process found begun.
    private static func dieAndGoOn(seed: UInt64) async throws -> Int {
        let plan = plan(seed: seed)
        let processes = ProcessDouble()
        var draws = SeededGenerator(seed: seed)
        let deaths = seed.isMultiple(of: 3) ? 2 : 1
        for _ in 0..<deaths {
            let commit = 1 + Int(draws.next(through: seed < 5 ? 8 : 450))
            let fault = draws.next(through: 1) == 0 ? CommitFault.crashBefore : .crashAfter
            guard try await processes.run(plan, dying: fault, atCommit: commit) == nil else { break }
        }
        let run = try #require(try await processes.run(plan), "seed \(seed)")
        let broken = try run.broken
        #expect(broken.isEmpty, "seed \(seed): \(broken.joined(separator: "; "))")
        return run.history.earlierOrders.count
    }
}
