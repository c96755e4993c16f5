package import ExampleSupport
import Marketplace

/// The report of a sale, with its plots.
package struct SaleReport: Sendable {
    private let history: SaleHistory
    private let evidence: SaleEvidence
    private let summary: SaleSummary
    private let checks: [NamedCheck]
    private let options: [(name: String, value: String)]

    /// A report of a sale that was checked.
    package init(
        _ history: SaleHistory,
        _ evidence: SaleEvidence,
        _ summary: SaleSummary,
        checks: [NamedCheck],
        options: [(name: String, value: String)]
    ) {
        self.history = history
        self.evidence = evidence
        self.summary = summary
        self.checks = checks
        self.options = options
    }

    /// The page.
    package var html: String {
        HTMLReport(
            title: "Flash sale",
            introduction: introduction,
            tiles: tiles,
            sections: [.checks(title: "What must hold", checks)] + figures + summary.tables.map { .table($0) },
            options: options
        ).html
    }

    private var introduction: String {
        "\(Format.count(summary.buyers)) buyers, \(Format.count(summary.stock)) units of"
            + " \(Format.count(history.offers.count)) SKUs. Each buyer wants one unit; who finds none waits in the line"
            + " of that SKU, which gets what refused payments and abandoned holds set free."
            + (summary.repeated > 0
                ? " \(Format.count(summary.repeated)) of \(Format.count(summary.attempts)) attempts were begun by"
                    + " processes that were killed; times and latencies are those of the last one."
                : "")
    }

    private var tiles: [HTMLReport.Tile] {
        let failed = checks.count { !$0.hasPassed }
        return [
            .init("Sold", Format.count(summary.sold), note: "of \(Format.count(summary.stock)) units"),
            .init(
                "Throughput",
                Format.rate(summary.soldHere, in: summary.sellingTime),
                note: summary.repeated > 0
                    ? "\(Format.count(summary.soldHere)) sold here"
                    : "all sold in \(Format.duration(summary.sellingTime))"
            ),
            .init("Payments refused", Format.count(summary.refusals.payment), note: "each released its unit"),
            .init(
                "Requests not answered",
                Format.count(summary.unanswered.unanswered),
                note: summary.unanswered.unresolved == 0 ? "all resolved" : "\(summary.unanswered.unresolved) open"
            ),
            .init("Stood in line", Format.count(summary.waited), note: "\(Format.count(summary.served)) got a unit"),
            .init(
                "Checks",
                failed == 0 ? "all \(checks.count) hold" : "\(failed) broken",
                note: "against independent records"
            ),
        ]
    }

    private var figures: [HTMLReport.Section] {
        let curves = StockCurves(history, evidence)
        let elapsed = ChartAxis("time since the opening", .elapsed)
        var figures: [HTMLReport.Section] = [
            .figure(
                title: "Stock over time",
                svg: LineChart(
                    "All SKUs together",
                    x: elapsed,
                    y: ChartAxis("units", .count),
                    curves.totals,
                    shape: .steps
                ).svg,
                caption: "From the movements of the inventory: available, held for a buyer, promised for good."
            )
        ]
        // More lines than that are a thicket.
        if history.offers.count <= 24 {
            figures.append(
                .figure(
                    title: "Available units per SKU",
                    svg: LineChart(
                        "Available",
                        x: elapsed,
                        y: ChartAxis("units", .count),
                        curves.available,
                        shape: .steps
                    ).svg,
                    caption: "A rise is a unit set free; the line in front of the SKU takes it."
                )
            )
        }
        figures.append(
            .figure(
                title: "Latency",
                svg: HistogramChart("From the opening to the purchase", counting: "purchases", summary.latencies).svg,
                caption: "The whole crowd comes at once, so this is the time in the queue and at the till together."
            )
        )
        figures.append(
            .figure(
                title: "Outcomes",
                svg: BarChart("How attempts ended", counting: "attempts", outcomeBars).svg,
                caption: "\(Format.count(summary.attempts)) attempts of \(Format.count(summary.buyers)) buyers."
            )
        )
        return figures
    }

    private var outcomeBars: [BarChart.Bar] {
        let refusals = summary.refusals
        var bars = [
            BarChart.Bar("bought", summary.sold, .good),
            BarChart.Bar("too early", refusals.early),
            BarChart.Bar("out of stock", refusals.stock),
            BarChart.Bar("limit per member", refusals.limit),
            BarChart.Bar("payment refused", refusals.payment),
        ]
        if refusals.other > 0 { bars.append(BarChart.Bar("other reasons", refusals.other, .bad)) }
        return bars
    }
}
