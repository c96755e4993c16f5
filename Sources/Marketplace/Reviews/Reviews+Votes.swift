public import MarketplaceCore
public import MarketplaceDomain
import MarketplaceStorage

extension Reviews {
    /// Says that a published review of somebody else was helpful: one vote per member, however often it is said.
    ///
    /// - Throws: ``ReviewError``: refused as `forbidden` to its author and to whoever is not a member, as
    ///   `unknownReview` or `notPublished`.
    public func voteHelpful(
        for id: ReviewID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(ReviewError) {
        try await setVote(true, for: id, by: actor, key: key)
    }

    /// Takes a vote back.
    public func takeBackVote(
        for id: ReviewID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(ReviewError) {
        try await setVote(false, for: id, by: actor, key: key)
    }

    /// Erases the words of a review, for its author's sake or the law's; the stars stay.
    ///
    /// It is not an event: what is erased is in none.
    public func eraseText(of id: ReviewID, by actor: CommandActor) async throws(ReviewError) {
        guard let facts = try await facts(id) else { throw .refused(.unknownReview(id)) }
        try check(.eraseReviewText, actor, author: facts.authorID)
        try await attempting { () async throws(ReviewError) -> Void? in
            var transaction = Transaction(id: environment.identifiers.next(), time: environment.now)
            transaction.delete(ReviewKeySpace.text(id))
            return try await isDone(transaction)
        }
    }

    /// The document says who voted, the counter how many did; both change in one commit.
    private func setVote(
        _ isHelpful: Bool,
        for id: ReviewID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(ReviewError) {
        guard let facts = try await facts(id) else { throw .refused(.unknownReview(id)) }
        try check(.voteForReview, actor, author: facts.authorID)
        guard let bits = actor.id?.bits else { throw .refused(.notAMember(actor)) }
        guard facts.status == .published || !isHelpful else { throw .refused(.notPublished(id, facts.status)) }
        let vote = ReviewKeySpace.vote(for: id, by: MemberID(bits: bits))
        let transactionID = TransactionID(derivedFrom: "review vote", vote.description, key.text)
        try await attempting { () async throws(ReviewError) -> Void? in
            let stored = try await reading { () async throws(StoreError) in try await store.document(vote) }
            guard (stored != nil) != isHelpful else { return () }
            var transaction = Transaction(id: transactionID, time: environment.now)
            if let stored {
                transaction.delete(vote, expecting: .exactly(stored.revision))
            } else {
                transaction.write(DocumentWrite(vote, body: try encoded(facts.productID), expecting: .absent))
            }
            transaction.add(isHelpful ? 1 : -1, to: ReviewKeySpace.helpful(id), floor: 0)
            return try await isDone(transaction)
        }
    }

    private func isDone(_ transaction: Transaction) async throws(ReviewError) -> Void? {
        switch try await commit(transaction) {
        case .done: ()
        case .contended: nil
        case .bound(let key, let bound, let value):
            throw .failed(.conflict(.counterBound(key, bound: bound, value: value, delta: -1)))
        }
    }

    private func check(_ rule: CommandRule, _ actor: CommandActor, author: MemberID) throws(ReviewError) {
        do throws(CommandForbidden) {
            try rule.check(actor, owner: author)
        } catch {
            throw .refused(.forbidden(error))
        }
    }
}
