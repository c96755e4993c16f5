public import MarketplaceCore

/// Why a command to a payout is refused.
public enum PayoutRejection: EffectStating, Hashable {
    /// There is no such payout yet.
    case notCreated
    /// The payout exists with other content.
    case alreadyCreated(PayoutID)
    /// The amount must be above zero.
    case notPositive(Money)
    /// It settles nothing, or too many items.
    case items(count: Int, maximum: Int)
    /// The lifecycle does not allow it.
    case move(TransitionRefusal<PayoutStatus, PayoutMove, ActorRole>)
    /// Somebody may not ask for that.
    case forbidden(CommandForbidden)

    /// Nothing was changed, and the same command will be refused again.
    public var effect: EffectOutcome { .refused }
}

extension PayoutRejection: CustomStringConvertible {
    /// The reason in a sentence.
    public var description: String {
        switch self {
        case .notCreated: "there is no such payout yet"
        case .alreadyCreated(let id): "the payout \(id) exists with other content"
        case .notPositive(let amount): "a payout must be above zero, not \(amount)"
        case .items(let count, let maximum): "a payout settles 1 to \(maximum) items, not \(count)"
        case .move(let refusal): refusal.description
        case .forbidden(let refusal): refusal.description
        }
    }
}
