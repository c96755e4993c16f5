package import ExampleSupport
import Marketplace

extension DayAudit {
    /// What the ledger's accounts stand at, for a report.
    package var accountTable: Table {
        var table = Table(
            "Accounts of the ledger: debits above zero, credits below",
            [.text("account")] + DayPlan.currencies.map { .number($0.code) }
        )
        for kind in LedgerAccountKind.allCases {
            let amounts = DayPlan.currencies.map { evidence.balances[$0]?[kind] ?? 0 }
            guard amounts.contains(where: { $0 != 0 }) else { continue }
            table.add([kind.rawValue] + zip(amounts, DayPlan.currencies).map(DayAmount.number))
        }
        table.add(
            ["sum"]
                + DayPlan.currencies.map { currency in
                    let whole = evidence.balances[currency]?.values.reduce(Int128(0)) { $0 + Int128($1) } ?? 0
                    return DayAmount.number(whole, currency)
                }
        )
        return table
    }
}
