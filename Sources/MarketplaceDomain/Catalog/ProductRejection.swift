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
    /// A short text is not what it should be.
    case badText(CatalogTextPart, CatalogTextProblem)
    /// A list has too many entries.
    case tooMany(ProductPart, count: Int, maximum: Int)
    /// A list has an entry twice.
    case repeated(ProductPart, name: String)
    /// An option has no values.
    case emptyOption(name: String)
    /// A number has a negative number of digits behind the decimal point, or too many.
    case badScale(Int, maximum: Int)
    /// A variant stands for something that would no longer be on offer, or would stand for nothing.
    case optionsInUse(by: VariantID)
    /// The variant makes no choice for an option.
    case missingChoice(option: String)
    /// The variant chooses what is not on offer, or twice for one option.
    case unknownChoice(VariantChoice)
    /// Another variant stands for the same; without options there is one variant.
    case duplicateCombination(usedBy: VariantID)
    /// There are as many variants as there may be.
    case tooManyVariants(maximum: Int)
    /// The variant exists with other content.
    case variantExists(VariantID)
    /// There is no such variant.
    case unknownVariant(VariantID)
    /// Another variant of the product has this SKU.
    case duplicateSKU(SKU, usedBy: VariantID)
    /// The SKU is longer than an inventory can keep.
    case skuTooLong(byteCount: Int, maximum: Int)
    /// The name of a group of buyers is too long.
    case groupTooLong(byteCount: Int, maximum: Int)
    /// The price is below zero.
    case negativePrice(Money)
    /// A price would end before it begins, or when it does.
    case emptyPeriod(from: Timestamp, until: Timestamp)
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
        case .badText(let part, let problem): "\(part.rawValue) \(problem)"
        case .tooMany(let part, let count, let maximum): "there are at most \(maximum) \(part.rawValue), not \(count)"
        case .repeated(let part, let name): "\(name.excerpt) stands twice among the \(part.rawValue)"
        case .emptyOption(let name): "the option \(name.excerpt) has no values"
        case .badScale(let scale, let maximum): "a number has 0 to \(maximum) decimal digits, not \(scale)"
        case .optionsInUse(let id): "the variant \(id) stands for other options than these"
        case .missingChoice(let option): "the variant makes no choice for the option \(option.excerpt)"
        case .unknownChoice(let choice):
            "the product does not offer \(choice.value.excerpt) as \(choice.option.excerpt), or not twice"
        case .duplicateCombination(let id): "the variant \(id) stands for the same"
        case .tooManyVariants(let maximum): "a product has at most \(maximum) variants"
        case .variantExists(let id): "the variant \(id) exists with other content"
        case .unknownVariant(let id): "the product has no variant \(id)"
        case .duplicateSKU(let sku, let variant): "the variant \(variant) has the SKU \(sku) already"
        case .skuTooLong(let count, let maximum): "a SKU has at most \(maximum) bytes, not \(count)"
        case .groupTooLong(let count, let maximum): "a group of buyers has at most \(maximum) bytes, not \(count)"
        case .negativePrice(let price): "a price is not below zero: \(price)"
        case .emptyPeriod(let start, let end): "a price that is valid from \(start) is not valid until \(end)"
        case .currencyMismatch(let expected, let found): "the product is priced in \(expected), not in \(found)"
        case .forbidden(let refusal): refusal.description
        case .move(let refusal): refusal.description
        }
    }
}
