import MarketplaceCore
import MarketplaceDomain
import MarketplaceStorage

/// The names under which payments keep their things.
enum PaymentKeySpace {
    static let operations: DocumentCollection = "payment-operations"
    static let discrepancies: DocumentCollection = "payment-discrepancies"
    static let notices: DocumentCollection = "payment-notices"
    static let references: DocumentCollection = "payment-references"
    static let movements: DocumentCollection = "payment-movements"
    static let wallets: DocumentCollection = "payment-wallets"
    static let tenders: DocumentCollection = "purchase-tenders"
    static let creditAccounts: DocumentCollection = "store-credit-accounts"
    static let giftCards: DocumentCollection = "gift-cards"
    static let refundChoices: DocumentCollection = "refund-choices"
    static let creditHolds: DocumentCollection = "store-credit-holds"

    static func reference(_ reference: GatewayReference) -> DocumentKey {
        DocumentKey(references, reference.retyped())
    }

    static func tenders(of purchase: PaymentID) -> DocumentKey { DocumentKey(tenders, purchase) }

    static func refundChoice(of purchase: PaymentID) -> DocumentKey { DocumentKey(refundChoices, purchase) }

    static func discrepancy(_ id: PaymentDiscrepancyID) -> DocumentKey { DocumentKey(discrepancies, id) }

    static func wallet(_ member: MemberID) -> DocumentKey { DocumentKey(wallets, member) }
}
