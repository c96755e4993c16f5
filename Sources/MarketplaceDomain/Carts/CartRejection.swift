public import MarketplaceCore

/// Why a cart or a wish list is not changed.
public enum CartRejection: EffectStating, Hashable {
    /// There are as many lines as there may be.
    case tooManyLines(maximum: Int)
    /// There are as many codes as there may be.
    case tooManyCodes(maximum: Int)
    /// There is nothing of that SKU in it.
    case notInCart(SKU)
    /// The units of that SKU are too many together.
    case quantity(SKU, QuantityError)
    /// A visitor's is merged into a member's, not the other way round.
    case notMergeable(from: CartOwner, into: CartOwner)

    /// Nothing was changed, and the same command will be refused again.
    public var effect: EffectOutcome { .refused }
}

extension CartRejection: CustomStringConvertible {
    /// The reason in a sentence.
    public var description: String {
        switch self {
        case .tooManyLines(let maximum): "there are \(maximum) lines, and no more are possible"
        case .tooManyCodes(let maximum): "there are \(maximum) codes, and no more are possible"
        case .notInCart(let sku): "there is no \(sku) in it"
        case .quantity(let sku, let error): "too much \(sku): \(error)"
        case .notMergeable(let from, let into): "what belongs to \(from) cannot be merged into that of \(into)"
        }
    }
}
