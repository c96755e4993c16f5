public import MarketplaceCore

/// Why a command to a seller's account is refused.
public enum SellerAccountRejection: EffectStating, Hashable {
    /// There is no such account.
    case notApplied
    /// The account exists with other content.
    case alreadyApplied(SellerID)
    /// Somebody may not ask for that.
    case forbidden(CommandForbidden)
    /// The lifecycle does not allow it.
    case move(TransitionRefusal<SellerAccountStatus, SellerAccountMove, ActorRole>)

    /// Nothing was changed, and the same command will be refused again.
    public var effect: EffectOutcome { .refused }
}

extension SellerAccountRejection: CustomStringConvertible {
    /// The reason in a sentence.
    public var description: String {
        switch self {
        case .notApplied: "there is no such seller"
        case .alreadyApplied(let id): "the seller \(id) exists with other content"
        case .forbidden(let refusal): refusal.description
        case .move(let refusal): refusal.description
        }
    }
}
