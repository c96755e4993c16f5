extension CommandRule {
    /// The rules of reviews.
    static let reviews = [
        publishReview, editReview, hideReview, restoreReview, withdrawReview, voteForReview, eraseReviewText,
    ]

    /// Review a product.
    static let publishReview = CommandRule("review.publish", by: .owner)
    /// Change a review.
    static let editReview = CommandRule("review.edit", by: .owner)
    /// Take a review out of sight.
    static let hideReview = CommandRule("review.hide", by: .operator, .system)
    /// Show a hidden review again.
    static let restoreReview = CommandRule("review.restore", by: .operator)
    /// Take a review back for good.
    static let withdrawReview = CommandRule("review.withdraw", by: .owner, .system)
    /// Say that the review of somebody else was helpful, or take that back.
    public static let voteForReview = CommandRule("review.vote", by: .member)
    /// Erase the words of a review; its stars stay.
    public static let eraseReviewText = CommandRule("review.eraseText", by: .owner, .operator, .system)
}

extension ReviewAction: RuledAction {
    /// Who may ask for it.
    public var rule: CommandRule {
        switch self {
        case .publish: .publishReview
        case .edit: .editReview
        case .hide: .hideReview
        case .restore: .restoreReview
        case .withdraw: .withdrawReview
        }
    }
}
