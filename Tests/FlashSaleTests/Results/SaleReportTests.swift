import ExampleSupport
import FlashSaleKit
import Marketplace
import Testing

struct SaleReportTests {
    @Test func theReportRefersToNothingOutsideItselfAndHasItsPlots() async throws {
        let run = try await SaleRun(.troubled(seed: 2, stock: 150))
        let checks = try SaleAudit(run.history, run.evidence).checks
        let html = SaleReport(
            run.history,
            run.evidence,
            try run.summary,
            checks: checks,
            options: [("--seed", "2")]
        ).html
        #expect(html.split(separator: "<svg ").count - 1 == 4)
        for reference in ["src=", "href=", "url(", "@import", "<script"] { #expect(!html.contains(reference)) }
        for check in checks { #expect(html.contains(check.name)) }
    }

    @Test func theResultsNameEveryCheckAndCountEverything() async throws {
        let run = try await SaleRun(.troubled(seed: 2, stock: 150))
        let checks = try SaleAudit(run.history, run.evidence).checks
        let json = try run.summary.json(run.history.plan, checks: checks).indented
        for check in checks { #expect(json.contains("\"name\": \"\(check.name)\"")) }
        #expect(json.contains("\"seed\": \"2\""))
        #expect(!json.contains("\"ok\": false"))
    }

    @Test func aSaleOfNothingToNobodyMuchHasAReport() async throws {
        var plan = SalePlan()
        plan.buyers = 1
        plan.stock = 0
        plan.skuCount = 1
        let run = try await SaleRun(plan)
        let checks = try SaleAudit(run.history, run.evidence).checks
        #expect(checks.filter { !$0.hasPassed } == [])
        let summary = try run.summary
        let html = SaleReport(run.history, run.evidence, summary, checks: checks, options: []).html
        #expect(html.contains("no data"))
    }
}
