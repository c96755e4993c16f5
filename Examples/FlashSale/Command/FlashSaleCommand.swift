import ExampleSupport
import FlashSaleKit
import Marketplace

@main
struct FlashSaleCommand {
    static func main() async throws {
        var plan = SalePlan()
        if CommandLine.arguments.contains("clean") {
            plan.paymentFailures = .percent(0)
            plan.paymentTimeouts = .percent(0)
        }
        if CommandLine.arguments.contains("notimeout") { plan.gatewayTimeout = nil }
        if CommandLine.arguments.contains("nowalk") { plan.walkAways = .percent(0) }
        let sale = try Sale(plan)
        let history = try await sale.run()
        print(sale.progress.snapshot, Format.duration(history.sellingTime), history.unanswered)
        let latencies = LatencySummary(history.purchaseLatencies)
        print(latencies.percentile(.percent(50)) as Any, latencies.percentile(.percent(99)) as Any)
    }
}
