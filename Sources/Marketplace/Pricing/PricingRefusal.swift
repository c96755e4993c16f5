public import MarketplaceCore

/// Why a purchase has no price to buy it at.
public enum PricingRefusal: EffectStating, Hashable, Codable {
    /// It comes to another total than the buyer was shown.
    case totalChanged(stated: Money, computed: Money)
    /// A line has no SKU, so nothing can be taken from stock for it.
    case noSKU(BasketLineID)
    /// The basket, a promotion or an amount cannot be priced; what is wrong, in a sentence.
    case unpriceable(String)

    /// Refused: nothing was bought.
    public var effect: EffectOutcome { .refused }
}

extension PricingRefusal: CustomStringConvertible {
    /// The reason in a sentence.
    public var description: String {
        switch self {
        case .totalChanged(let stated, let computed): "the buyer was shown \(stated), it comes to \(computed) now"
        case .noSKU(let line): "line \(line) has no SKU"
        case .unpriceable(let reason): reason
        }
    }
}
