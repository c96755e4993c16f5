import ExampleStores
import ExampleSupport
import FlashSaleKit
import Marketplace

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// `swift run -c release flash-sale`.
@main
struct FlashSaleCommand {
    let options: ParsedOptions
    private let output = Console.standardOutput

    static func main() async throws {
        let command = FlashSaleCommand(options: CommandShell.parse(SaleOptions.command))
        if try await !command.run() { exit(1) }
    }

    /// Runs the sale and shows what came of it; false when a check is broken.
    private func run() async throws -> Bool {
        let start = ContinuousClock.now
        let opened = try await open()
        let (sale, plan) = (opened.sale, opened.plan)
        let prepared = ContinuousClock.now
        let usedBefore = ProcessorTime.used
        let history = try await watching(sale, plan)
        let used = ProcessorTime.used - usedBefore
        let evidence = try await SaleEvidence(
            from: sale.shop,
            offers: history.offers,
            acknowledged: opened.acknowledged
        )
        var checks = try SaleAudit(history, evidence).checks
        if let books = opened.store.books { checks += try await BookAudit(history, evidence, books).checks }
        let summary = try SaleSummary(history, evidence)
        for table in summary.tables { output.write(table) }
        output.write(checks, title: "What must hold")
        let whole = ContinuousClock.now - start
        output.writeLine()
        output.writeLine(
            "Sold in \(Format.duration(summary.sellingTime)) with \(Format.duration(used)) of processor time;"
                + " \(Format.duration(whole)) in all, of which \(Format.duration(prepared - start)) to prepare"
                + (opened.isResumed ? "." : " and \(Format.duration(plan.opensAfter)) until the opening.")
        )
        save(plan, history, evidence, summary, checks)
        if let fault = opened.acknowledged?.fault { fail(fault) }
        await opened.store.close()
        return checks.allSatisfy(\.hasPassed)
    }

    /// Runs the sale with a line that says how far it is.
    private func watching(_ sale: Sale, _ plan: SalePlan) async throws -> SaleHistory {
        let line = ProgressLine(on: output)
        defer { line.finish() }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                while !Task.isCancelled {
                    let text = Self.text(sale.progress.snapshot, await sale.stock, plan)
                    line.update(text)
                    try? await Task.sleep(for: line.interval)
                }
            }
            defer { group.cancelAll() }
            return try await sale.run()
        }
    }

    private static func text(_ progress: SaleProgress.Snapshot, _ stock: StockLevel, _ plan: SalePlan) -> String {
        guard progress.isOpen else {
            return "\(Format.count(plan.buyers)) buyers before the doors, \(progress.refused) came too early"
        }
        return "\(Format.count(stock.available)) units left, \(Format.count(stock.held)) held,"
            + " \(Format.count(stock.allocated)) taken; \(Format.count(progress.waiting)) in line,"
            + " \(Format.count(progress.gone)) of \(Format.count(plan.buyers)) gone"
    }

    private func save(
        _ plan: SalePlan,
        _ history: SaleHistory,
        _ evidence: SaleEvidence,
        _ summary: SaleSummary,
        _ checks: [NamedCheck]
    ) {
        CommandShell.save(
            summary.json(plan, checks: checks).indented,
            to: options[SaleOptions.json],
            of: SaleOptions.command
        )
        CommandShell.save(
            SaleReport(history, evidence, summary, checks: checks, options: SaleOptions.listing(options, of: plan))
                .html,
            to: options[SaleOptions.report],
            of: SaleOptions.command
        )
    }
}
