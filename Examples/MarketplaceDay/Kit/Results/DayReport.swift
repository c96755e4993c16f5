import ExampleSupport
import Marketplace

/// The report of the days, with its charts.
package struct DayReport: Sendable {
    private let history: DayHistory
    private let audit: DayAudit
    private let options: [(name: String, value: String)]

    /// A report of days that were checked.
    package init(_ history: DayHistory, _ audit: DayAudit, options: [(name: String, value: String)]) {
        self.history = history
        self.audit = audit
        self.options = options
    }

    /// The page.
    package var html: String {
        HTMLReport(
            title: "Days at a marketplace",
            introduction: introduction,
            tiles: tiles,
            sections: [.table(audit.reconciliation.table), .table(audit.creditTable)]
                + [.checks(title: "What must hold", audit.checks)] + figures + [.table(audit.accountTable)]
                + differences,
            options: options
        ).html
    }

    private var introduction: String {
        let settings = history.plan.settings
        return "\(Format.count(settings.days)) days, \(Format.count(settings.members)) members,"
            + " \(Format.count(history.plan.sellers.count)) shops with \(Format.count(history.plan.products.count))"
            + " products, from the seed \(settings.seed). The gateway and the bank keep records of their own; they are"
            + " compared with the ledger and with what orders, returns and payouts say of themselves, and so is the store"
            + " credit of every buyer."
    }

    private var tiles: [HTMLReport.Tile] {
        let failed = audit.checks.count { !$0.hasPassed }
        let troubles = history.troubles.values.reduce(0, +)
        return DayPlan.currencies.map { currency in
            HTMLReport.Tile(
                "Sold in \(currency.code)",
                DayAmount.number(history.total(\.sales, in: currency), currency),
                note: "\(DayAmount.number(history.total(\.refunds, in: currency), currency)) given back"
            )
        } + [
            .init("Purchases", Format.count(history.total(\.purchases)), note: "\(history.total(\.orders)) orders"),
            .init(
                "Paid with store credit",
                Format.count(history.total(\.creditPurchases)),
                note: "\(history.total(\.creditOnly)) with nothing else"
            ),
            .init("Returns", Format.count(history.total(\.returned)), note: "\(history.total(\.canceled)) called off"),
            .init("Exchanges", Format.count(history.total(\.exchanged)), note: "\(history.total(\.claims)) claims"),
            .init("Troubles", Format.count(troubles), note: "each put right"),
            .init(
                "Checks",
                failed == 0 ? "all \(audit.checks.count) hold" : "\(failed) broken",
                note: audit.reconciliation.isExact ? "exact to the minor unit" : "not exact"
            ),
        ]
    }

    private var figures: [HTMLReport.Section] {
        DayPlan.currencies.map(moneyFigure) + DayPlan.currencies.map(creditFigure) + [
            activityFigure, outcomeFigure, troubleFigure,
        ]
    }

    private func moneyFigure(_ currency: Currency) -> HTMLReport.Section {
        let chart = LineChart(
            "Money by day in \(currency.code)",
            x: Self.dayAxis,
            y: ChartAxis(currency.code),
            [
                series("paid by buyers", of: \.sales, in: currency),
                series("given back to buyers", of: \.refunds, in: currency),
                series("sent to sellers", of: \.payouts, in: currency),
            ],
            shape: .straight
        )
        return .figure(
            title: "Sales, refunds and payouts in \(currency.code)",
            svg: chart.svg,
            caption: "What is earned is paid out two days after the delivery, a twentieth of it ten days later."
        )
    }

    private func creditFigure(_ currency: Currency) -> HTMLReport.Section {
        let figures: [(String, (DayTally) -> Int64)] = [
            ("given", { $0.credit(.granted, in: currency) + $0.credit(.redeemed, in: currency) }),
            ("given back", { $0.credit(.restored, in: currency) + $0.credit(.refunded, in: currency) }),
            ("spent", { $0.credit(.spent, in: currency) }), ("expired", { $0.credit(.expired, in: currency) }),
            ("outstanding", { $0.creditGrowth(in: currency) }),
        ]
        let chart = LineChart(
            "Store credit so far in \(currency.code)",
            x: Self.dayAxis,
            y: ChartAxis(currency.code),
            figures.map { name, figure in
                var sum: Int64 = 0
                let points = history.days.map { day in
                    sum += figure(day)
                    return Self.point(day.day, Double(sum) / Self.unit(of: currency))
                }
                return ChartSeries(name, points)
            },
            shape: .straight
        )
        return .figure(
            title: "Store credit in \(currency.code)",
            svg: chart.svg,
            caption: "Each summed up from the first day on: what was given by the operator and by gift cards, what"
                + " refunds gave back, what was spent, what has expired, and what buyers have left."
        )
    }

    private var activityFigure: HTMLReport.Section {
        let figures: [(String, KeyPath<DayTally, Int>)] = [
            ("purchases", \.purchases), ("parcels sent", \.sent), ("parcels arrived", \.delivered),
            ("called off", \.canceled), ("returns settled", \.returned), ("parcels lost", \.lost),
        ]
        let chart = LineChart(
            "By day",
            x: Self.dayAxis,
            y: ChartAxis("how many", .count),
            figures.map { name, figure in
                ChartSeries(name, history.days.map { Self.point($0.day, Double($0[keyPath: figure])) })
            },
            shape: .straight
        )
        return .figure(
            title: "Orders and parcels",
            svg: chart.svg,
            caption: "A purchase of several sellers is sent in a parcel by each, which arrives on the next day."
        )
    }

    private var outcomeFigure: HTMLReport.Section {
        let refusals = history.refusals
        let bars =
            [BarChart.Bar("paid", history.total(\.purchases), .good)]
            + DayRefusal.allCases.map {
                BarChart.Bar($0.rawValue, refusals[$0, default: 0], $0 == .other ? .bad : .plain)
            }
        return .figure(
            title: "Purchases",
            svg: BarChart("How purchases ended", counting: "purchases", bars).svg,
            caption: "\(Format.count(history.total(\.discounted))) of those that were paid for had a code."
        )
    }

    private var troubleFigure: HTMLReport.Section {
        let troubles = history.troubles
        let bars = DayTrouble.allCases.map { BarChart.Bar($0.title, troubles[$0, default: 0]) }
        return .figure(
            title: "Troubles",
            svg: BarChart("What went wrong", counting: "times", bars).svg,
            caption: "None of them may move a minor unit from where it belongs."
        )
    }

    private var differences: [HTMLReport.Section] {
        let all = audit.reconciliation.differences
        guard !all.isEmpty else { return [] }
        var table = Table("Differences", [.text("what")])
        for difference in all.prefix(DayAudit.shownDifferences) { table.add(difference) }
        return [.table(table)]
    }

    private static let dayAxis = ChartAxis("day", .count)

    private func series(
        _ name: String,
        of amounts: KeyPath<DayTally, [Currency: Int64]>,
        in currency: Currency
    ) -> ChartSeries {
        ChartSeries(
            name,
            history.days.map {
                Self.point($0.day, Double($0[keyPath: amounts][currency, default: 0]) / Self.unit(of: currency))
            }
        )
    }

    /// For pictures, not for amounts: nothing is computed from it.
    private static func unit(of currency: Currency) -> Double { currency == .krw ? 1 : 100 }

    private static func point(_ day: Int, _ value: Double) -> ChartPoint {
        ChartPoint(x: Double(day + 1), y: value)
    }
}
