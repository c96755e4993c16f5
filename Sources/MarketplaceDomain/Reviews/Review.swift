public import MarketplaceCore

extension TransitionFact {
    /// The author may still change it.
    static let isInEditWindow: TransitionFact = "within the edit window"
}

/// What a member thinks of a product that the member bought: stars, and words if there are any.
///
/// A member has one review of a product. Its words are not in its events. A repeated command changes nothing.
public struct Review: Aggregate, Hashable {
    /// What can be asked of it.
    public typealias Command = ActorCommand<ReviewAction>
    /// What can happen to it.
    public typealias Event = ReviewEvent
    /// Why a command can be refused.
    public typealias Rejection = ReviewRejection
    /// What names one.
    public typealias ID = ReviewID

    /// The category of its event streams.
    public static var category: String { "review" }

    /// How long its author may change a review unless told otherwise: as long as a distance contract can be withdrawn
    /// from (Directive 2011/83/EU, Article 9), when most has been found out about a product.
    public static let defaultEditWindow = Duration.days(14)

    /// Who may move it from where to where.
    public static let lifecycle = TransitionMachine<ReviewStatus, ReviewMove, ActorRole> {
        Transition(.publish, to: .published, by: .buyer)
        Transition(.edit, from: .published, to: .published, by: .buyer, when: .isInEditWindow)
        Transition(.hide, from: .published, to: .hidden, by: .operator, .system)
        Transition(.restore, from: .hidden, to: .published, by: .operator)
        Transition(.withdraw, from: .published, .hidden, to: .withdrawn, by: .buyer, .system)
    }

    /// Where it is in its life; nil before it is written.
    public private(set) var status: ReviewStatus?
    /// What was written by whom; nil before.
    public private(set) var published: ReviewPublished?
    /// The stars, as they are now; 0 before it is written.
    public private(set) var rating = 0
    /// Whether there are words.
    public private(set) var hasText = false
    /// When it was last changed by its author; nil when never.
    public private(set) var editedAt: Timestamp?
    /// Why it is hidden; nil while it is not.
    public private(set) var hidingReason: ReviewHidingReason?

    /// The state before the first event.
    public init() {}

    /// What names it; nil before it is written.
    public var id: ReviewID? { published?.reviewID }

    /// Answers `command` with the events to record; an empty list when nothing changes.
    ///
    /// An edit is always recorded, because what it changes may be words, which the events do not tell.
    public func decide(_ command: Command) throws(ReviewRejection) -> [ReviewEvent] {
        if case .publish(let id, let product, let author, let order, let rating, let text, let window) = command.action
        {
            let review = ReviewPublished(
                reviewID: id,
                productID: product,
                authorID: author,
                orderID: order,
                rating: rating,
                hasText: text != nil,
                editableUntil: command.time.advanced(by: window),
                by: command.actor,
                at: command.time
            )
            return try publish(review, text, command)
        }
        guard let published else { throw .notPublished }
        try refuseStrangers(command, author: published.authorID)
        switch command.action {
        case .publish: return []
        case .edit(let rating, let text): return try edit(published, rating, text, command)
        case .hide(let reason): return try changeStatus(published, .hide, to: .hidden, reason, command)
        case .restore: return try changeStatus(published, .restore, to: .published, nil, command)
        case .withdraw: return try changeStatus(published, .withdraw, to: .withdrawn, nil, command)
        }
    }

    /// Moves the state along a recorded event.
    public mutating func apply(_ event: ReviewEvent) {
        switch event {
        case .published(let review):
            status = .published
            published = review
            rating = review.rating
            hasText = review.hasText
        case .edited(let edit):
            rating = edit.to
            hasText = edit.hasText
            editedAt = edit.at
        case .statusChanged(let change):
            status = change.to
            hidingReason = change.reason
            if change.to == .withdrawn { hasText = false }
        }
    }
}
