package import ExampleSupport
import Marketplace

extension Reconciliation {
    /// The three counts side by side, for a terminal and for a report.
    package var table: Table {
        var table = Table(
            "Cash = ledger = orders",
            [
                .text("what"), .text("currency"), .number("gateway and bank"), .number("ledger"), .number("orders"),
                .number("difference"),
            ]
        )
        for line in lines {
            let texts = [line.cash, line.ledger, line.orders, line.difference].map { Self.text($0, line.currency) }
            table.add([line.title, line.currency.code] + texts)
        }
        return table
    }

    /// An amount without its currency, which has a column of its own.
    private static func text(_ minorUnits: Int128, _ currency: Currency) -> String {
        String("\(Money(minorUnits: Int64(clamping: minorUnits), currency))".prefix { $0 != " " })
    }
}
