package import ExampleSupport
import Marketplace

extension Reconciliation {
    /// The three counts side by side, for a terminal and for a report.
    package var table: Table {
        var table = Table(
            "Cash = ledger = orders",
            [
                .text("what"), .text("currency"), .number("cash"), .number("in ledger"), .number("store credit"),
                .number("in ledger"), .number("orders"), .number("difference"),
            ]
        )
        for line in lines {
            let texts = [
                line.cash, line.ledgerCash, line.credit, line.ledgerCredit, line.orders, line.difference,
            ].map { DayAmount.number($0, line.currency) }
            table.add([line.title, line.currency.code] + texts)
        }
        return table
    }
}
