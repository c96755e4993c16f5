package import ExampleSupport
import Marketplace

extension SaleSummary {
    /// The figures, for a terminal and for a report.
    package var tables: [Table] {
        [outcomes, money, times]
    }

    private var outcomes: Table {
        var table = Table("The sale", [.text("what"), .number("count"), .number("share"), .text("of")])
        func add(_ what: String, _ count: Int, of whole: Int, _ name: String) {
            table.add(what, Format.count(count), Format.share(count, of: whole), name)
        }
        add("units sold", sold, of: stock, "stock")
        add("units unsold", unsold, of: stock, "stock")
        add("purchases refused", refusals.total, of: attempts, "attempts")
        add("  too early", refusals.early, of: attempts, "attempts")
        add("  out of stock", refusals.stock, of: attempts, "attempts")
        add("  limit per member", refusals.limit, of: attempts, "attempts")
        add("  payment refused", refusals.payment, of: attempts, "attempts")
        if refusals.other > 0 { add("  other reasons", refusals.other, of: attempts, "attempts") }
        if repeated > 0 { add("attempts of killed processes", repeated, of: attempts, "attempts") }
        add("buyers who stood in line", waited, of: buyers, "buyers")
        add("  and got a unit", served, of: waited, "those in line")
        add("buyers left without a unit", soldOut, of: buyers, "buyers")
        return table
    }

    private var money: Table {
        var table = Table("Payments and what was undone", [.text("what"), .number("count")])
        table.add("payments captured", Format.count(captured))
        table.add("  amount, \(SalePlan.currency.code)", Format.count(capturedMinor))
        table.add("authorizations voided", Format.count(compensations.voided))
        table.add("requests not answered", Format.count(unanswered.unanswered))
        table.add("  at authorization", Format.count(unanswered.unansweredAuthorizations))
        table.add("  at capture", Format.count(unanswered.unansweredCaptures))
        table.add("  resolved: had been performed", Format.count(unanswered.foundPerformed))
        table.add("  resolved: had never arrived", Format.count(unanswered.foundNeverSeen))
        table.add("compensations", Format.count(compensations.total))
        table.add("  reservations released", Format.count(compensations.released))
        table.add("  authorizations voided", Format.count(compensations.voided))
        table.add("  orders failed", Format.count(compensations.failed))
        table.add("abandoned holds expired", Format.count(expired))
        return table
    }

    private var times: Table {
        var table = Table("Time", [.text("what"), .number("")])
        table.add("opening to the last purchase", Format.duration(sellingTime))
        table.add("purchases per second", Format.rate(soldHere, in: sellingTime))
        for (name, duration) in Self.percentiles(latencies) {
            table.add("opening to purchase, \(name)", Format.duration(duration))
        }
        for (name, duration) in Self.percentiles(waits) where name == "p50" || name == "longest" {
            table.add("stay in the line, \(name)", Format.duration(duration))
        }
        table.add("opening until everybody had gone", Format.duration(crowdTime))
        return table
    }
}
