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
    /// What of it would have expired, what expires first in front; the rest never does.
    var lots: [StoreCreditLot] = []
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

    /// What of a part that is given back expires, and when.
    ///
    /// What expires last comes back first, after all that never does.
    func lots(of back: Money) -> [StoreCreditLot] {
        let lastingMinor = amount.minorUnits - lots.reduce(0) { $0 + $1.amount.minorUnits }
        // How much of the hold is skipped from its end, and how much is wanted then.
        var skippedMinor = restored.minorUnits - lastingMinor
        var wantedMinor = back.minorUnits - max(0, 0 - skippedMinor)
        skippedMinor = max(0, skippedMinor)
        var parts: [StoreCreditLot] = []
        for lot in lots.reversed() where wantedMinor > 0 {
            let leftMinor = lot.amount.minorUnits - min(skippedMinor, lot.amount.minorUnits)
            skippedMinor -= lot.amount.minorUnits - leftMinor
            let partMinor = min(leftMinor, wantedMinor)
            guard partMinor > 0 else { continue }
            parts.append(
                StoreCreditLot(expiresAt: lot.expiresAt, amount: Money(minorUnits: partMinor, back.currency))
            )
            wantedMinor -= partMinor
        }
        return parts
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
