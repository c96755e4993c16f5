public import MarketplaceCore

/// Why a gift card cannot be issued, redeemed or called off.
public enum GiftCardRefusal: EffectStating, Hashable {
    /// That is no code.
    case malformed
    /// There is no card of that code.
    case unknownCode
    /// Somebody has redeemed the card before.
    case alreadyRedeemed
    /// It cannot be called off any more: it became the credit of that member.
    case redeemed(by: MemberID, amount: Money)
    /// It was called off before.
    case canceled(GiftCardCancellationReason)
    /// It could be redeemed until then.
    case expired(Timestamp)
    /// The key was used for a card of another amount.
    case keyReused(IdempotencyKey, amount: Money)
    /// The credit cannot be given.
    case credit(StoreCreditRefusal)
    /// Somebody may not ask for that.
    case forbidden(CommandForbidden)

    /// Nothing was changed, and the same call will be refused again.
    public var effect: EffectOutcome { .refused }
}

extension GiftCardRefusal: CustomStringConvertible {
    /// The reason in a sentence.
    public var description: String {
        switch self {
        case .malformed: "that is not the code of a gift card"
        case .unknownCode: "there is no gift card of that code"
        case .alreadyRedeemed: "the gift card was redeemed before"
        case .redeemed(let member, let amount): "the gift card was redeemed: \(amount) became credit of \(member)"
        case .canceled(let reason): "the gift card was called off: \(reason)"
        case .expired(let time): "the gift card could be redeemed until \(time)"
        case .keyReused(let key, let amount): "the key \(key) was used for a gift card of \(amount)"
        case .credit(let refusal): refusal.description
        case .forbidden(let refusal): refusal.description
        }
    }
}
