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

    /// Erases the words of all reviews that a member wrote, and returns how many reviews there are; the stars stay.
    ///
    /// It can be repeated without effect.
    @discardableResult
    public func eraseTexts(of member: MemberID, by actor: CommandActor) async throws(ReviewError) -> Int {
        try check(.eraseReviewText, actor, author: member)
        var query: DocumentQuery? = .indexed(
            ReviewKeySpace.reviews,
            by: ReviewFacts.authorIndex,
            prefix: [.id(member)],
            limit: Self.maximumPageSize
        )
        var count = 0
        while let next = query {
            let slice = try await reading { () async throws(StoreError) in try await store.documents(matching: next) }
            var transaction = Transaction(id: environment.identifiers.next(), time: environment.now)
            for document in slice.documents {
                let facts = try decoded(ReviewFacts.self, from: document.body)
                transaction.delete(ReviewKeySpace.text(facts.id))
            }
            if !transaction.isEmpty {
                let deletion = transaction
                try await attempting { () async throws(ReviewError) -> Void? in try await isDone(deletion) }
            }
            count += slice.documents.count
            query = slice.next.map { next.continued(from: $0) }
        }
        return count
    }

    /// The document says who votes, the counter how many do; both change in one commit.
    ///
    /// A vote that was taken back leaves its document, by which a repetition of the call that gave it is recognised.
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
        try await attempting { () async throws(ReviewError) -> Void? in
            let stored = try await read(vote, as: VoteDocument.self)
            var document = stored?.value ?? VoteDocument()
            let wasHelpful = document.isHelpful
            guard try document.set(isHelpful, key: key) else { return () }
            var transaction = Transaction(id: environment.identifiers.next(), time: environment.now)
            let revision: ExpectedRevision = stored.map { .exactly($0.revision) } ?? .absent
            transaction.write(DocumentWrite(vote, body: try encoded(document), expecting: revision))
            if wasHelpful != isHelpful {
                transaction.add(isHelpful ? 1 : -1, to: ReviewKeySpace.helpful(id), floor: 0)
            }
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
