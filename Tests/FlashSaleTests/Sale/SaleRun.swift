import ExampleSupport
import FlashSaleKit
import Marketplace
import MarketplaceTestKit

/// A sale on a clock that stands still until somebody sleeps, with all that is left behind by it.
struct SaleRun {
    let history: SaleHistory
    let evidence: SaleEvidence

    init(_ plan: SalePlan) async throws {
        var plan = plan
        // The clock of the test passes while others are at work.
        plan.gatewayTimeout = nil
        let clock = ManualClock()
        let sale = try await Sale(plan, wallClock: clock.wall, clock: clock)
        history = try await clock.advancing { try await sale.run() }
        evidence = try await SaleEvidence(from: sale.shop, offers: history.offers)
    }

    /// What is left of a sale that somebody has run.
    init(_ sale: Sale, _ history: SaleHistory, acknowledged: AcknowledgedFile? = nil) async throws {
        self.history = history
        evidence = try await SaleEvidence(from: sale.shop, offers: history.offers, acknowledged: acknowledged)
    }

    /// The names of the checks that are broken, with what was found.
    var broken: [String] {
        get throws {
            try SaleAudit(history, evidence).checks.filter { !$0.hasPassed }.map { "\($0.name): \($0.finding)" }
        }
    }

    var summary: SaleSummary {
        get throws { try SaleSummary(history, evidence) }
    }
}

extension SalePlan {
    /// A small sale in which much goes wrong.
    static func troubled(seed: UInt64, buyers: Int = 200, stock: Int, skus: Int = 4) -> SalePlan {
        var plan = SalePlan()
        plan.buyers = buyers
        plan.stock = stock
        plan.skuCount = skus
        plan.paymentFailures = .percent(8)
        plan.paymentTimeouts = .percent(8)
        plan.earlyArrivals = .percent(5)
        plan.comeBacks = .percent(5)
        plan.walkAways = .percent(5)
        plan.seed = seed
        return plan
    }
}
