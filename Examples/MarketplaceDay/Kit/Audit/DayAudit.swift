package import ExampleSupport
import Marketplace

/// What must hold after the days, whatever went wrong on them.
package struct DayAudit: Sendable {
    /// How many differences are told one by one.
    package static let shownDifferences = 20

    private let history: DayHistory
    private let evidence: DayEvidence
    /// The money, counted three times.
    package let reconciliation: Reconciliation

    /// Prepares the audit; it changes nothing.
    package init(_ history: DayHistory, _ evidence: DayEvidence) throws {
        self.history = history
        self.evidence = evidence
        reconciliation = try Reconciliation(evidence)
    }

    /// Everything that must hold, by name.
    package var checks: [NamedCheck] {
        [
            sumsAgree, purchasesAgree, ledgerBalances, statementMatches, nothingIsOpen, noticesWereTaken,
            troublesHappened,
        ]
    }

    private var sumsAgree: NamedCheck {
        let faults = reconciliation.lines.filter { !$0.isExact }.map {
            "\($0.title) in \($0.currency): \($0.cash) in cash, \($0.ledger) in the ledger, \($0.orders) by orders"
        }
        let currencies = Set(reconciliation.lines.map(\.currency.code)).sorted()
        return Self.check(
            "cash = ledger = orders",
            faults,
            "to the minor unit, in " + currencies.joined(separator: ", ")
        )
    }

    private var purchasesAgree: NamedCheck {
        Self.check(
            "each purchase and payout by itself",
            reconciliation.differences,
            "\(reconciliation.purchaseCount) payments and \(reconciliation.payoutCount) payouts, each the same everywhere"
        )
    }

    private var ledgerBalances: NamedCheck {
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

    private var statementMatches: NamedCheck {
        Self.check(
            "the gateway's statement = the book of payments",
            evidence.paymentDifferences,
            "\(evidence.matchedMovements) movements"
        )
    }

    private var nothingIsOpen: NamedCheck {
        var faults: [String] = []
        for status in [SagaStatus.running, .waiting, .stuck] {
            if let count = evidence.openSagas[status] { faults.append("\(count) checkouts are \(status.rawValue)") }
        }
        if evidence.heldReservations > 0 { faults.append("\(evidence.heldReservations) reservations are held") }
        let owed = evidence.orders.values.flatMap(\.refunds).count { !$0.isSettled }
        if owed > 0 { faults.append("\(owed) refunds are owed") }
        let pending = evidence.orders.values.count { $0.status == .pending }
        if pending > 0 { faults.append("\(pending) orders are neither paid nor given up") }
        let asides = evidence.payments.values.count { $0.status == .created || $0.status == .authorized }
        if asides > 0 { faults.append("\(asides) payments are open") }
        let underWay = evidence.payouts.values.count { $0.status == .created || $0.status == .sent }
        if underWay > 0 { faults.append("\(underWay) payouts are under way") }
        return Self.check("nothing is left open", faults, "no checkout, hold, refund, payment or payout")
    }

    private var noticesWereTaken: NamedCheck {
        let waiting = evidence.waitingNotices
        return Self.check(
            "every webhook was taken in",
            evidence.failedNotices + (waiting > 0 ? ["\(waiting) wait"] : []),
            "none waits, none was refused"
        )
    }

    private var troublesHappened: NamedCheck {
        let troubles = history.troubles
        let name = "every trouble happened"
        let missing = DayTrouble.allCases.filter { troubles[$0] == nil }
        guard history.plan.settings.days >= DaySettings.completeDays else {
            let count = DayTrouble.allCases.count - missing.count
            return NamedCheck(name, passed: true, finding: "not asked of fewer than 7 days: \(count) of them did")
        }
        let count = troubles.values.reduce(0, +)
        return Self.check(name, missing.map { "not once: \($0.title)" }, "\(count) times in all, each put right")
    }

    /// A check that passes when there is nothing wrong; the first thing that is wrong is its finding.
    private static func check(_ name: String, _ faults: [String], _ facts: String) -> NamedCheck {
        guard let first = faults.first else { return NamedCheck(name, passed: true, finding: facts) }
        return NamedCheck(name, passed: false, finding: faults.count > 1 ? "\(first); \(faults.count - 1) more" : first)
    }
}
