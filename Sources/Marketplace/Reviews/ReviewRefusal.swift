public import MarketplaceCore
public import MarketplaceDomain

/// Why a call about reviews is refused.
public enum ReviewRefusal: EffectStating, Hashable {
    /// The review refuses the command.
    case review(ReviewRejection)
    /// Only a member writes reviews.
    case notAMember(CommandActor)
    /// The member has not bought the product, or it is not there yet.
    case notPurchased(ProductID, by: MemberID)
    /// There is no such review.
    case unknownReview(ReviewID)
    /// It is not shown, so nobody votes for it.
    case notPublished(ReviewID, ReviewStatus)
    /// The key has named the opposite vote.
    case keyReused(IdempotencyKey)
    /// Somebody may not ask for that.
    case forbidden(CommandForbidden)

    /// Nothing was changed, and the same call will be refused again.
    public var effect: EffectOutcome { .refused }
}

extension ReviewRefusal: CustomStringConvertible {
    /// The reason in a sentence.
    public var description: String {
        switch self {
        case .review(let rejection): rejection.description
        case .notAMember(let actor): "only a member writes reviews, not \(actor)"
        case .notPurchased(let product, let member): "the member \(member) has not bought the product \(product)"
        case .unknownReview(let id): "there is no review \(id)"
        case .notPublished(let id, let status): "the review \(id) is \(status.rawValue), not shown"
        case .keyReused(let key): "the key \(key) has named the opposite vote"
        case .forbidden(let refusal): refusal.description
        }
    }
}
