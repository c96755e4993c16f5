package import Marketplace

/// How what buyers have of store credit grows and shrinks.
package enum CreditMovement: String, Sendable, Hashable, CaseIterable {
    /// The operator has given it.
    case granted
    /// A gift card was redeemed.
    case redeemed = "of gift cards"
    /// A purchase was paid by it.
    case spent
    /// What a purchase was paid by came back.
    case restored = "given back"
    /// A refund was made of money as store credit.
    case refunded = "of refunds"
    /// It was not used in time.
    case expired

    /// Whether what the buyer has grows by it.
    package var isIncrease: Bool {
        switch self {
        case .granted, .redeemed, .restored, .refunded: true
        case .spent, .expired: false
        }
    }

    /// The movement that an entry of a buyer's ledger tells of; nil for what is only set aside or set free.
    package static func of(_ entry: StoreCreditEvent) -> (movement: CreditMovement, owner: CreditOwner, minor: Int64)? {
        switch entry {
        case .granted(let grant):
            // Whoever redeems a card does it themselves, and what a refund becomes the marketplace does.
            let movement: CreditMovement =
                switch grant.by.role {
                case .buyer: .redeemed
                case .system: .refunded
                default: .granted
                }
            return (movement, CreditOwner(grant.memberID, grant.amount), grant.amount.minorUnits)
        case .spent(let spent): return (.spent, CreditOwner(spent.memberID, spent.amount), spent.amount.minorUnits)
        case .restored(let restored):
            return (.restored, CreditOwner(restored.memberID, restored.amount), restored.amount.minorUnits)
        case .expired(let expired):
            return (.expired, CreditOwner(expired.memberID, expired.amount), expired.amount.minorUnits)
        case .withdrawn, .held, .released: return nil
        }
    }
}
