public import MarketplaceCore

/// Why a command to a member's account is refused.
public enum MemberRejection: EffectStating, Hashable {
    /// There is no such member.
    case notSignedUp
    /// The member has signed up already.
    case alreadySignedUp(MemberID)
    /// There are more roles than a member may have.
    case tooManyRoles(count: Int, maximum: Int)
    /// The member belongs to as many schools as there may be.
    case tooManySchools(maximum: Int)
    /// Somebody may not ask for that.
    case forbidden(CommandForbidden)
    /// The lifecycle does not allow it.
    case move(TransitionRefusal<MemberStatus, MemberMove, ActorRole>)

    /// Nothing was changed, and the same command will be refused again.
    public var effect: EffectOutcome { .refused }
}

extension MemberRejection: CustomStringConvertible {
    /// The reason in a sentence.
    public var description: String {
        switch self {
        case .notSignedUp: "there is no such member"
        case .alreadySignedUp(let id): "the member \(id) has signed up already"
        case .tooManyRoles(let count, let maximum): "a member has at most \(maximum) roles, not \(count)"
        case .tooManySchools(let maximum): "a member belongs to at most \(maximum) schools"
        case .forbidden(let refusal): refusal.description
        case .move(let refusal): refusal.description
        }
    }
}
