public import MarketplaceCore

/// Why a command to an enterprise is refused.
public enum EnterpriseRejection: EffectStating, Hashable {
    /// There is no such enterprise.
    case notRegistered
    /// The enterprise is registered by somebody else, or under another id.
    case alreadyRegistered(EnterpriseID)
    /// Somebody may not ask for that.
    case forbidden(CommandForbidden)
    /// The lifecycle does not allow it.
    case move(TransitionRefusal<EnterpriseStatus, EnterpriseMove, ActorRole>)

    /// Nothing was changed, and the same command will be refused again.
    public var effect: EffectOutcome { .refused }
}

extension EnterpriseRejection: CustomStringConvertible {
    /// The reason in a sentence.
    public var description: String {
        switch self {
        case .notRegistered: "there is no such enterprise"
        case .alreadyRegistered(let id): "the enterprise \(id) is registered with other content"
        case .forbidden(let refusal): refusal.description
        case .move(let refusal): refusal.description
        }
    }
}
