package import ExampleSupport
import Marketplace

extension DayAudit {
    var creditsAgree: NamedCheck {
        let credits = reconciliation.credits
        return Self.check(
            "the store credit of each buyer by itself",
            credits.flatMap(\.differences),
            "of \(Set(credits.map(\.owner.member)).count) buyers, each the same everywhere"
        )
    }

    /// Store credit that nobody has ever used would be no proof.
    var creditWasUsed: NamedCheck {
        let name = "store credit was used in every way"
        var counts: [(String, Int)] = [
            ("paid in part", history.total(\.creditPurchases) - history.total(\.creditOnly)),
            ("paid whole", history.total(\.creditOnly)),
            ("paid of several sellers", history.total(\.creditOfSeveral)),
        ]
        for movement in CreditMovement.allCases {
            counts.append((movement.rawValue, reconciliation.credits.count { $0.moved[movement, default: 0] > 0 }))
        }
        let missing = counts.filter { $0.1 == 0 }.map(\.0)
        guard history.plan.settings.days >= DaySettings.completeDays else {
            let finding = "not asked of fewer than \(DaySettings.completeDays) days: in \(counts.count - missing.count)"
            return NamedCheck(name, passed: true, finding: finding)
        }
        return Self.check(name, missing.map { "not once: \($0)" }, "in \(counts.count) ways")
    }

    /// What became of store credit, for a terminal and for a report.
    package var creditTable: Table {
        var table = Table("Store credit", [.text("what")] + DayPlan.currencies.map { .number($0.code) })
        func add(_ title: String, _ amount: (CreditMoney) -> Int128) {
            table.add(
                [title]
                    + DayPlan.currencies.map { currency in
                        let sum = reconciliation.credits.filter { $0.owner.currency == currency }
                            .reduce(Int128(0)) { $0 + amount($1) }
                        return DayAmount.number(sum, currency)
                    }
            )
        }
        for movement in CreditMovement.allCases {
            add(movement.rawValue) { credit in
                let amount = credit.moved[movement, default: 0]
                return movement.isIncrease ? amount : 0 - amount
            }
        }
        add("outstanding") { $0.available + $0.held }
        return table
    }
}
