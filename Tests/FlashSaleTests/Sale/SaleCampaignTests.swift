import FlashSaleKit
import Marketplace
import Testing

struct SaleCampaignTests {
    /// What a campaign must have seen, or it has shown nothing.
    private struct Seen {
        var refusedPayments = 0
        var unansweredAuthorizations = 0
        var unansweredCaptures = 0
        var foundPerformed = 0
        var foundNeverSeen = 0
        var expired = 0
        var early = 0
        var outOfStock = 0
        var limit = 0
        var served = 0
        var soldOut = 0
        var unsold = 0

        mutating func add(_ summary: SaleSummary) {
            refusedPayments += summary.refusals.payment
            unansweredAuthorizations += summary.unanswered.unansweredAuthorizations
            unansweredCaptures += summary.unanswered.unansweredCaptures
            foundPerformed += summary.unanswered.foundPerformed
            foundNeverSeen += summary.unanswered.foundNeverSeen
            expired += summary.expired
            early += summary.refusals.early
            outOfStock += summary.refusals.stock
            limit += summary.refusals.limit
            served += summary.served
            soldOut += summary.soldOut
            unsold += summary.unsold
        }
    }

    // 200 sales of 200 buyers. One that fails is named with its seed and its stock and is run again alone by
    // `SaleRun(.troubled(seed:stock:))`; the plan and what the gateway does are then the same, the interleaving is not.
    @Test(.timeLimit(.minutes(10)))
    func neverOversoldAndUnsoldOnlyWhenDemandIsExhausted() async throws {
        var seen = Seen()
        try await withThrowingTaskGroup(of: SaleSummary.self) { group in
            for seed: UInt64 in 1...200 {
                // As many at a time as keep two processors busy, and each still short.
                if seed > 4, let summary = try await group.next() { seen.add(summary) }
                group.addTask { try await Self.sell(seed: seed) }
            }
            for try await summary in group { seen.add(summary) }
        }
        #expect(seen.refusedPayments > 1_000)
        #expect(seen.unansweredAuthorizations > 500)
        #expect(seen.unansweredCaptures > 500)
        #expect(seen.foundPerformed > 500)
        #expect(seen.foundNeverSeen > 500)
        #expect(seen.expired > 200)
        #expect(seen.early == 2_000)
        #expect(seen.outOfStock > 1_000)
        #expect(seen.limit > 200)
        #expect(seen.served > 1_000)
        #expect(seen.soldOut > 1_000)
        #expect(seen.unsold > 100)
    }

    private static func sell(seed: UInt64) async throws -> SaleSummary {
        // From half as many units as buyers to a tenth more.
        let stock = 100 + Int(seed * 37 % 121)
        let run = try await SaleRun(.troubled(seed: seed, stock: stock))
        let broken = try run.broken
        #expect(broken.isEmpty, "seed \(seed), stock \(stock): \(broken.joined(separator: "; "))")
        let summary = try run.summary
        #expect(summary.refusals.other == 0, "seed \(seed)")
        #expect(summary.refusals.early == 10, "seed \(seed)")
        #expect(summary.sold + summary.unsold == stock, "seed \(seed)")
        return summary
    }
}
