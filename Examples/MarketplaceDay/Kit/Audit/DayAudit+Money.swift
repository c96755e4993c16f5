import ExampleSupport
import Marketplace

extension DayAudit {
    var sumsAgree: NamedCheck {
        let faults = reconciliation.lines.filter { !$0.isExact }.map { line in
            func text(_ minorUnits: Int128) -> String { DayAmount.number(minorUnits, line.currency) }
            return
                "\(line.title) in \(line.currency): \(text(line.cash)) in cash, \(text(line.ledgerCash)) in the ledger;"
                + " \(text(line.credit)) of store credit, \(text(line.ledgerCredit)) in the ledger;"
                + " \(text(line.orders)) by orders"
        }
        let currencies = Set(reconciliation.lines.map(\.currency.code)).sorted()
        return Self.check(
            "cash = ledger = orders",
            faults,
            "to the minor unit, in " + currencies.joined(separator: ", ")
        )
    }

    var purchasesAgree: NamedCheck {
        Self.check(
            "each purchase and payout by itself",
            reconciliation.differences,
            "\(reconciliation.purchaseCount) payments and \(reconciliation.payoutCount) payouts, each the same everywhere"
        )
    }

    var ledgerBalances: NamedCheck {
        var faults: [String] = []
        var sums: [Currency: [LedgerAccountKind: Int128]] = [:]
        for line in evidence.entries.lazy.flatMap(\.lines) {
            sums[line.amount.currency, default: [:]][line.account.kind, default: 0] += Int128(line.amount.minorUnits)
        }
        for currency in Set(sums.keys).union(evidence.balances.keys).sorted(by: { $0.code < $1.code }) {
            let accounts = evidence.balances[currency] ?? [:]
            let whole = accounts.values.reduce(Int128(0)) { $0 + Int128($1) }
            if whole != 0 { faults.append("all accounts in \(currency) sum to \(whole)") }
            for kind in LedgerAccountKind.allCases {
                let (entries, account) = (sums[currency]?[kind] ?? 0, Int128(accounts[kind] ?? 0))
                if entries != account {
                    faults.append("\(kind.rawValue) in \(currency) stands at \(account), its entries sum to \(entries)")
                }
            }
        }
        return Self.check(
            "the ledger sums to zero, and its accounts to their entries",
            faults + evidence.unposted.map { "not posted: \($0)" },
            "\(evidence.entries.count) entries"
        )
    }

    var statementMatches: NamedCheck {
        Self.check(
            "statement of the gateway = book of payments",
            evidence.paymentDifferences,
            "\(evidence.matchedMovements) movements"
        )
    }

    /// What buyers have paid for and did not get yet is what the account of prepayments holds.
    var prepaidIsOnItsWay: NamedCheck {
        var onTheirWay: [Currency: Int128] = [:]
        var count = 0
        for id in evidence.confirmed {
            guard let order = evidence.orders[id], let total = order.total,
                [.confirmed, .preparing, .partiallyShipped, .shipped].contains(order.status)
            else { continue }
            onTheirWay[total.currency, default: 0] += Int128(total.minorUnits)
            count += 1
        }
        let faults = DayPlan.currencies.compactMap { currency -> String? in
            let held = -Int128(evidence.balances[currency]?[.prepayments] ?? 0)
            let expected = onTheirWay[currency, default: 0]
            guard held != expected else { return nil }
            return "\(DayAmount.text(held, currency)) prepaid, \(DayAmount.text(expected, currency)) on its way"
        }
        return Self.check("prepaid = orders on their way", faults, "\(count) orders")
    }
}
