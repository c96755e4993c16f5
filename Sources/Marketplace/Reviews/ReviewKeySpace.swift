import MarketplaceCore
import MarketplaceDomain
import MarketplaceStorage

/// The names under which reviews keep their things.
enum ReviewKeySpace {
    static let reviews: DocumentCollection = "reviews"
    static let texts: DocumentCollection = "review-texts"
    static let votes: DocumentCollection = "review-votes"
    static let purchases: DocumentCollection = "review-purchases"

    /// The id of the one review that a member has of a product.
    static func id(of product: ProductID, by member: MemberID) -> ReviewID {
        ReviewID(bits: TransactionID(derivedFrom: "review", product.description, member.description).bits)
    }

    static func review(_ id: ReviewID) -> DocumentKey { DocumentKey(reviews, id) }

    static func text(_ id: ReviewID) -> DocumentKey { DocumentKey(texts, id) }

    static func vote(for id: ReviewID, by member: MemberID) -> DocumentKey {
        DocumentKey(votes, TextKey(unchecked: "\(id)/\(member)"))
    }

    static func purchase(_ order: OrderID, of product: ProductID) -> DocumentKey {
        DocumentKey(purchases, TextKey(unchecked: "\(order)/\(product)"))
    }

    /// Two different pairs that should ever meet in one id are told apart here.
    static func unique(_ product: ProductID, _ member: MemberID) -> UniqueKey {
        UniqueKey(unchecked: "review/\(product)/\(member)")
    }

    static func helpful(_ id: ReviewID) -> CounterKey { CounterKey(unchecked: "reviews/helpful/\(id)") }

    static func votes(of product: ProductID, stars: Int) -> CounterKey {
        CounterKey(unchecked: "reviews/stars/\(product)/\(stars)")
    }
}
