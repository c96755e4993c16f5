package import ExampleSupport
import Marketplace

/// What must hold after the days, whatever went wrong on them.
package struct DayAudit: Sendable {
    /// How many differences are told one by one.
    package static let shownDifferences = 20

    let history: DayHistory
    let evidence: DayEvidence
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
            sumsAgree, purchasesAgree, creditsAgree, ledgerBalances, prepaidIsOnItsWay, statementMatches, nothingIsOpen,
            returnsWereAnswered, stockAgrees, noticesWereTaken, mailWasSentOnce, creditWasUsed, troublesHappened,
        ]
    }

    /// A check that passes when there is nothing wrong; the first thing that is wrong is its finding.
    static func check(_ name: String, _ faults: [String], _ facts: String) -> NamedCheck {
        guard let first = faults.first else { return NamedCheck(name, passed: true, finding: facts) }
        return NamedCheck(name, passed: false, finding: faults.count > 1 ? "\(first); \(faults.count - 1) more" : first)
    }
}
