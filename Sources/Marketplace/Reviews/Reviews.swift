public import MarketplaceCore
public import MarketplaceDomain
package import MarketplaceStorage

/// What members think of what they bought.
///
/// ```swift
/// let reviews = Reviews(in: environment, purchases: PurchaseIndex(in: environment))
/// try await reviews.publish(5, ReviewText(body: "Pours well."), of: product, by: .buyer(member), key: "review-1")
/// let average = try await reviews.histogram(of: product).average
/// ```
///
/// A member has one review of a product, and only of one that the member bought. Its stars are counted in the same
/// commit; its words are a document of their own, which can be erased.
public struct Reviews: Sendable {
    /// The most reviews of one page of a list.
    public static let maximumPageSize = 100

    let environment: ServiceEnvironment
    let purchases: any PurchaseProof
    let editWindow: Duration
    let repository: Repository<Review>

    /// The reviews that the environment's store keeps.
    ///
    /// - Parameters:
    ///   - environment: Where they are kept.
    ///   - purchases: Tells who bought what.
    ///   - editWindow: How long an author may change a review.
    public init(
        in environment: ServiceEnvironment,
        purchases: any PurchaseProof,
        editWindow: Duration = Review.defaultEditWindow
    ) {
        self.environment = environment
        self.purchases = purchases
        self.editWindow = editWindow
        repository = environment.repository()
    }

    /// Reviews a product that the member bought.
    ///
    /// - Parameters:
    ///   - rating: The stars, 1...5.
    ///   - text: The words, if there are any.
    ///   - product: What it is about.
    ///   - actor: The member.
    ///   - key: Names the command: repeating it returns the review and changes nothing.
    /// - Returns: The review as it is now.
    /// - Throws: ``ReviewError``: refused as `notPurchased`, `notAMember`, or by the review.
    @discardableResult
    public func publish(
        _ rating: Int,
        _ text: ReviewText? = nil,
        of product: ProductID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(ReviewError) -> Review {
        guard actor.role == .buyer, let bits = actor.id?.bits else { throw .refused(.notAMember(actor)) }
        let member = MemberID(bits: bits)
        let id = ReviewKeySpace.id(of: product, by: member)
        let order = try await reading { () async throws(StoreError) in
            try await purchases.purchase(of: product, by: member)
        }
        guard let order else { throw .refused(.notPurchased(product, by: member)) }
        let action = ReviewAction.publish(
            id: id,
            product: product,
            author: member,
            order: order,
            rating: rating,
            text: text,
            editWindow: editWindow
        )
        return try await perform(action, on: id, by: actor, key: key)
    }

    /// Changes the stars and the words of a review; without words it keeps none.
    @discardableResult
    public func edit(
        _ id: ReviewID,
        rating: Int,
        text: ReviewText? = nil,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(ReviewError) -> Review {
        try await perform(.edit(rating: rating, text: text), on: id, by: actor, key: key)
    }

    /// Takes a review out of sight and out of the rating.
    @discardableResult
    public func hide(
        _ id: ReviewID,
        because reason: ReviewHidingReason,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(ReviewError) -> Review {
        try await perform(.hide(reason), on: id, by: actor, key: key)
    }

    /// Shows a hidden review again.
    @discardableResult
    public func restore(
        _ id: ReviewID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(ReviewError) -> Review {
        try await perform(.restore, on: id, by: actor, key: key)
    }

    /// Takes a review back for good and erases its words.
    @discardableResult
    public func withdraw(
        _ id: ReviewID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(ReviewError) -> Review {
        try await perform(.withdraw, on: id, by: actor, key: key)
    }

    private func perform(
        _ action: ReviewAction,
        on id: ReviewID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(ReviewError) -> Review {
        let time = environment.now
        return try await record(
            ActorCommand(action, by: actor, at: time),
            on: id,
            of: repository,
            key: key,
            at: time,
            refusing: { .refused(.review($0)) },
            also: { outcome, transaction throws(ReviewError) in
                try write(outcome, words(of: action), to: &transaction)
            }
        ).root
    }

    /// What becomes of the words.
    private enum Words {
        case stay
        case become(ReviewText?)
    }

    private func words(of action: ReviewAction) -> Words {
        switch action {
        case .publish(_, _, _, _, _, let text, _), .edit(_, let text): .become(text)
        case .withdraw: .become(nil)
        case .hide, .restore: .stay
        }
    }

    private func write(
        _ outcome: CommandOutcome<Review>,
        _ words: Words,
        to transaction: inout Transaction
    ) throws(ReviewError) {
        guard let facts = ReviewFacts(outcome.root) else { return }
        transaction.write(
            DocumentWrite(
                ReviewKeySpace.review(facts.id),
                body: try encoded(facts),
                indexEntries: facts.indexEntries,
                uniqueKeys: [ReviewKeySpace.unique(facts.productID, facts.authorID)]
            )
        )
        switch words {
        case .stay: break
        case .become(nil): transaction.delete(ReviewKeySpace.text(facts.id))
        case .become(let text?):
            transaction.write(DocumentWrite(ReviewKeySpace.text(facts.id), body: try encoded(text)))
        }
        for event in outcome.events {
            for (stars, votes) in RatingHistogram.changes(by: event) {
                transaction.add(votes, to: ReviewKeySpace.votes(of: facts.productID, stars: stars))
            }
        }
    }
}

extension Reviews: StoreService {
    package typealias Failure = ReviewError

    package var store: any Store { environment.store }
    package var codec: any PayloadCodec { environment.codec }
    /// Each lost race means that another command of the same review was recorded.
    package var maximumAttempts: Int { 16 }

    func facts(_ id: ReviewID) async throws(ReviewError) -> ReviewFacts? {
        try await read(ReviewKeySpace.review(id), as: ReviewFacts.self)?.value
    }
}
