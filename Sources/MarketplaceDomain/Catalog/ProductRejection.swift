public import MarketplaceCore

/// Why a command to a product is refused.
public enum ProductRejection: EffectStating, Hashable {
    /// There is no such product yet.
    case notCreated
    /// The product exists with other content.
    case alreadyCreated(ProductID)
    /// The title has no visible character.
    case blankTitle
    /// The title has too many Unicode scalars.
    case titleTooLong(count: Int, maximum: Int)
    /// The description has too many Unicode scalars.
    case descriptionTooLong(count: Int, maximum: Int)
    /// There are as many variants as there may be.
    case tooManyVariants(maximum: Int)
    /// The variant exists with other content.
    case variantExists(VariantID)
    /// There is no such variant.
    case unknownVariant(VariantID)
    /// Another variant of the product has this SKU.
    case duplicateSKU(SKU, usedBy: VariantID)
    /// The price is below zero.
    case negativePrice(Money)
    /// The product is priced in another currency.
    case currencyMismatch(expected: Currency, found: Currency)
    /// Somebody may not ask for that.
    case forbidden(CommandForbidden)
    /// The lifecycle does not allow it.
    case move(TransitionRefusal<ProductStatus, ProductMove, ActorRole>)

    /// Nothing was changed, and the same command will be refused again.
    public var effect: EffectOutcome { .refused }
}

extension ProductRejection: CustomStringConvertible {
    /// The reason in a sentence.
    public var description: String {
        switch self {
        case .notCreated: "there is no such product yet"
        case .alreadyCreated(let id): "the product \(id) exists with other content"
        case .blankTitle: "a title has at least one visible character"
        case .titleTooLong(let count, let maximum): "a title has at most \(maximum) characters, not \(count)"
        case .descriptionTooLong(let count, let maximum):
            "a description has at most \(maximum) characters, not \(count)"
        case .tooManyVariants(let maximum): "a product has at most \(maximum) variants"
        case .variantExists(let id): "the variant \(id) exists with other content"
        case .unknownVariant(let id): "the product has no variant \(id)"
        case .duplicateSKU(let sku, let variant): "the variant \(variant) has the SKU \(sku) already"
        case .negativePrice(let price): "a price is not below zero: \(price)"
        case .currencyMismatch(let expected, let found): "the product is priced in \(expected), not in \(found)"
        case .forbidden(let refusal): refusal.description
        case .move(let refusal): refusal.description
        }
    }
}
