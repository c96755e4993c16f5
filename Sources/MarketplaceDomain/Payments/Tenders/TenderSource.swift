public import MarketplaceCore

/// Where a part of the money of a purchase comes from.
public enum TenderSource: Sendable, Hashable, Codable {
    /// The buyer's store credit.
    case storeCredit
    /// A gift card, by the key the marketplace knows it by.
    case giftCard(TextKey<GiftCardSubject>)
    /// A payment at a gateway.
    case gateway(PaymentID)

    /// Whether it is value the marketplace itself owes, which is taken before money is.
    public var isOwedByMarketplace: Bool {
        switch self {
        case .storeCredit, .giftCard: true
        case .gateway: false
        }
    }
}

/// What the key of a gift card names.
public enum GiftCardSubject {}

extension TenderSource: CustomStringConvertible {
    /// The source in words.
    public var description: String {
        switch self {
        case .storeCredit: "store credit"
        case .giftCard(let key): "gift card \(key)"
        case .gateway(let payment): "payment \(payment)"
        }
    }
}
