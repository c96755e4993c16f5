import ExampleSupport
import FlashSaleKit
import Marketplace
import Testing

struct SaleTests {
    private func plan(buyers: Int, stock: Int, skus: Int) -> SalePlan {
        var plan = SalePlan()
        plan.buyers = buyers
        plan.stock = stock
        plan.skuCount = skus
        plan.paymentFailures = .percent(0)
        plan.paymentTimeouts = .percent(0)
        plan.earlyArrivals = .percent(0)
        plan.comeBacks = .percent(0)
        plan.walkAways = .percent(0)
        return plan
    }

    @Test func everybodyBuysWhenThereIsEnough() async throws {
        let run = try await SaleRun(plan(buyers: 300, stock: 400, skus: 7))
        #expect(try run.broken == [])
        let summary = try run.summary
        #expect(summary.sold == 300)
        #expect(summary.unsold == 100)
        #expect(summary.waited == 0)
        #expect(summary.compensations.total == 0)
        #expect(summary.captured == 300)
    }

    @Test func theRestGoesWithoutWhenThereIsNotEnough() async throws {
        let run = try await SaleRun(plan(buyers: 500, stock: 100, skus: 5))
        #expect(try run.broken == [])
        let summary = try run.summary
        #expect(summary.sold == 100)
        #expect(summary.unsold == 0)
        #expect(summary.soldOut == 400)
        #expect(summary.refusals.stock == 400)
    }

    @Test func nothingIsSoldWhenThereIsNothing() async throws {
        let run = try await SaleRun(plan(buyers: 50, stock: 0, skus: 3))
        #expect(try run.broken == [])
        #expect(try run.summary.soldOut == 50)
    }

    @Test func moreSKUsThanUnitsAndBuyersIsASale() async throws {
        let run = try await SaleRun(plan(buyers: 20, stock: 10, skus: 60))
        #expect(try run.broken == [])
        #expect(try run.summary.sold == 10)
    }

    @Test func refusedPaymentsAreServedToTheLineUntilItIsEmpty() async throws {
        var plan = plan(buyers: 400, stock: 100, skus: 2)
        plan.paymentFailures = .percent(50)
        let run = try await SaleRun(plan)
        #expect(try run.broken == [])
        let summary = try run.summary
        #expect(summary.sold == 100)
        #expect(summary.served > 0)
        #expect(summary.refusals.payment > 0)
    }

    @Test func aSaleWithoutAnyWorkingPaymentSellsNothingAndKeepsNothing() async throws {
        var plan = plan(buyers: 200, stock: 50, skus: 2)
        plan.paymentFailures = .percent(100)
        let run = try await SaleRun(plan)
        #expect(try run.broken == [])
        let summary = try run.summary
        #expect(summary.sold == 0)
        #expect(summary.soldOut == 0)
        #expect(summary.compensations.released == 200)
    }

    @Test func abandonedHoldsExpireAndAreServedToTheLine() async throws {
        var plan = plan(buyers: 100, stock: 100, skus: 1)
        plan.walkAways = .percent(50)
        let run = try await SaleRun(plan)
        #expect(try run.broken == [])
        let summary = try run.summary
        #expect(summary.sold == 100)
        #expect(summary.expired > 0)
        #expect(summary.soldOut == 0)
    }

    @Test func whoComesEarlyIsRefusedAndComesBack() async throws {
        var plan = plan(buyers: 100, stock: 100, skus: 4)
        plan.earlyArrivals = .percent(100)
        let run = try await SaleRun(plan)
        #expect(try run.broken == [])
        let summary = try run.summary
        #expect(summary.refusals.early == 100)
        #expect(summary.sold == 100)
    }

    @Test func whoComesBackBuysUntilTheLimit() async throws {
        var plan = plan(buyers: 50, stock: 500, skus: 5)
        plan.comeBacks = .percent(100)
        plan.perMemberLimit = try Quantity(3)
        let run = try await SaleRun(plan)
        #expect(try run.broken == [])
        let summary = try run.summary
        #expect(summary.sold == 150)
        #expect(summary.refusals.limit == 50)
    }

    /// The gateway decides by the buyer and the attempt, so without a line the scheduler decides nothing that counts.
    @Test func theSameSeedGivesTheSameCountsWhileNobodyWaits() async throws {
        var plan = SalePlan.troubled(seed: 7, stock: 240)
        plan.walkAways = .percent(0)
        let first = try await SaleRun(plan).summary.counts
        let second = try await SaleRun(plan).summary.counts
        #expect(first == second)
        plan.seed = 8
        #expect(try await SaleRun(plan).summary.counts != first)
    }

    /// On the clocks of the command, with a limit on the gateway's answers.
    @Test func aSaleOnRealClocksHoldsAsWell() async throws {
        var plan = SalePlan.troubled(seed: 3, stock: 190)
        plan.opensAfter = .milliseconds(100)
        plan.abandonedHold = .milliseconds(50)
        let sale = try await Sale(plan)
        let history = try await sale.run()
        let evidence = try await SaleEvidence(from: sale.shop, offers: history.offers)
        #expect(try SaleAudit(history, evidence).checks.filter { !$0.hasPassed } == [])
    }
}
