public import MarketplaceCore

/// Why a command to a partner school is refused.
public enum PartnerSchoolRejection: EffectStating, Hashable {
    /// There is no such school.
    case notAdded
    /// The school is a partner with another domain, or under another id.
    case alreadyAdded(PartnerSchoolID)
    /// The text is not a domain.
    case notADomain(excerpt: String)
    /// Somebody may not ask for that.
    case forbidden(CommandForbidden)
    /// The lifecycle does not allow it.
    case move(TransitionRefusal<PartnerSchoolStatus, PartnerSchoolMove, ActorRole>)

    /// Nothing was changed, and the same command will be refused again.
    public var effect: EffectOutcome { .refused }
}

extension PartnerSchoolRejection: CustomStringConvertible {
    /// The reason in a sentence.
    public var description: String {
        switch self {
        case .notAdded: "there is no such partner school"
        case .alreadyAdded(let id): "the school \(id) is a partner with other content"
        case .notADomain(let excerpt): "“\(excerpt)” is not a domain"
        case .forbidden(let refusal): refusal.description
        case .move(let refusal): refusal.description
        }
    }
}
