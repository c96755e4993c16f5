import MarketplaceCore
import MarketplaceDomain
import MarketplaceStorage

/// What is stored of a hold on store credit.
struct CreditHoldDocument: Codable, Hashable, Sendable {
    let member: MemberID
    let key: IdempotencyKey
    let amount: Money
    var state: StoreCreditHoldState
    let deadline: Timestamp?
    /// Who set it aside: they and the system may set it free again.
    let heldBy: CommandActor
    /// What was given back, by the keys of the refunds.
    var restores: [Restore] = []

    struct Restore: Codable, Hashable, Sendable {
        let key: IdempotencyKey
        let amount: Money
    }

    static let dueIndex = "due"

    static func document(_ member: MemberID, _ key: IdempotencyKey) -> DocumentKey {
        DocumentKey(PaymentKeySpace.creditHolds, TransactionID(derivedFrom: member.description, key.text))
    }

    var indexEntries: [IndexEntry] {
        guard state == .held, let deadline else { return [] }
        return [IndexEntry(Self.dueIndex, .time(deadline))]
    }

    /// How much was given back; each part was checked against what was spent, so the sum fits.
    var restored: Money {
        Money(minorUnits: restores.reduce(0) { $0 + $1.amount.minorUnits }, amount.currency)
    }

    var hold: StoreCreditHold {
        StoreCreditHold(
            member: member,
            key: key,
            amount: amount,
            state: state,
            deadline: deadline,
            restored: restored
        )
    }

    func isOverdue(at time: Timestamp) -> Bool {
        state == .held && deadline.map { $0 <= time } == true
    }

    func moved(to state: StoreCreditHoldState) -> CreditHoldDocument {
        var copy = self
        copy.state = state
        return copy
    }
}
