package import ExampleSupport
import Marketplace

extension Reconciliation {
    /// The three counts side by side, for a terminal and for a report: cash and store credit, each beside what the ledger
    /// says of it, and the orders.
    package var table: Table {
        var table = Table(
            "Cash and store credit = ledger = orders",
            [
                .text("what"), .number("cash"), .number("ledger"), .number("credit"), .number("ledger"),
                .number("orders"), .number("off by"),
            ]
        )
        for line in lines {
            let texts = [
                line.cash, line.ledgerCash, line.credit, line.ledgerCredit, line.orders, line.difference,
            ].map { DayAmount.number($0, line.currency) }
            table.add(["\(line.currency.code) \(line.title)"] + texts)
        }
        return table
    }
}
