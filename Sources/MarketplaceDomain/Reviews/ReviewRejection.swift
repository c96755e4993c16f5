public import MarketplaceCore

/// Why a command to a review is refused.
public enum ReviewRejection: EffectStating, Hashable {
    /// There is no such review yet.
    case notPublished
    /// The member has reviewed the product, and otherwise.
    case alreadyPublished(ReviewID)
    /// The stars are fewer than 1 or more than 5.
    case badRating(Int)
    /// The title has too many Unicode scalars.
    case titleTooLong(count: Int, maximum: Int)
    /// The body has too many Unicode scalars.
    case bodyTooLong(count: Int, maximum: Int)
    /// The body has no visible character.
    case blankBody
    /// Somebody may not ask for that.
    case forbidden(CommandForbidden)
    /// The lifecycle does not allow it.
    case move(TransitionRefusal<ReviewStatus, ReviewMove, ActorRole>)

    /// Nothing was changed, and the same command will be refused again.
    public var effect: EffectOutcome { .refused }
}

extension ReviewRejection: CustomStringConvertible {
    /// The reason in a sentence.
    public var description: String {
        switch self {
        case .notPublished: "there is no such review yet"
        case .alreadyPublished(let id): "the member has reviewed the product already: \(id)"
        case .badRating(let stars): "a rating is 1 to 5 stars, not \(stars)"
        case .titleTooLong(let count, let maximum): "a title has at most \(maximum) characters, not \(count)"
        case .bodyTooLong(let count, let maximum): "a review has at most \(maximum) characters, not \(count)"
        case .blankBody: "the words of a review have at least one visible character"
        case .forbidden(let refusal): refusal.description
        case .move(let refusal): refusal.description
        }
    }
}
