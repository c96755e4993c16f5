import MarketplaceCore

extension Review {
    func publish(
        _ review: ReviewPublished,
        _ text: ReviewText?,
        _ command: Command
    ) throws(ReviewRejection) -> [ReviewEvent] {
        try refuseStrangers(command, author: review.authorID)
        if let published {
            let isSame =
                published.reviewID == review.reviewID && published.productID == review.productID
                && published.authorID == review.authorID
            guard isSame, hasText == review.hasText, rating == review.rating, status != .withdrawn else {
                throw .alreadyPublished(published.reviewID)
            }
            // Whoever may never ask for it is told so, also when it was asked for before.
            if !Self.lifecycle.roles(of: .publish).contains(command.actor.role) { try check(.publish, command) }
            return []
        }
        try check(.publish, command)
        try Self.check(review.rating, text)
        return [.published(review)]
    }

    func edit(
        _ published: ReviewPublished,
        _ rating: Int,
        _ text: ReviewText?,
        _ command: Command
    ) throws(ReviewRejection) -> [ReviewEvent] {
        try check(.edit, command)
        try Self.check(rating, text)
        return [
            .edited(
                ReviewEdited(
                    reviewID: published.reviewID,
                    productID: published.productID,
                    from: self.rating,
                    to: rating,
                    hasText: text != nil,
                    by: command.actor,
                    at: command.time
                )
            )
        ]
    }

    func changeStatus(
        _ published: ReviewPublished,
        _ move: ReviewMove,
        to target: ReviewStatus,
        _ reason: ReviewHidingReason?,
        _ command: Command
    ) throws(ReviewRejection) -> [ReviewEvent] {
        if status == target, Self.lifecycle.roles(of: move).contains(command.actor.role) { return [] }
        try check(move, command)
        guard let status else { return [] }
        return [
            .statusChanged(
                ReviewStatusChanged(
                    reviewID: published.reviewID,
                    productID: published.productID,
                    rating: rating,
                    from: status,
                    to: target,
                    reason: reason,
                    by: command.actor,
                    at: command.time
                )
            )
        ]
    }

    func refuseStrangers(_ command: Command, author: MemberID) throws(ReviewRejection) {
        do throws(CommandForbidden) {
            try command.refuseStrangers(owner: author)
        } catch {
            throw .forbidden(error)
        }
    }

    private func check(_ move: ReviewMove, _ command: Command) throws(ReviewRejection) {
        var facts: Set<TransitionFact> = []
        if let published, command.time < published.editableUntil { facts.insert(.isInEditWindow) }
        do throws(TransitionRefusal<ReviewStatus, ReviewMove, ActorRole>) {
            _ = try Self.lifecycle.move(move, from: status, by: command.actor.role, given: facts)
        } catch {
            throw .move(error)
        }
    }

    private static func check(_ rating: Int, _ text: ReviewText?) throws(ReviewRejection) {
        guard RatingHistogram.stars.contains(rating) else { throw .badRating(rating) }
        if let problem = text?.problem { throw problem }
    }
}
