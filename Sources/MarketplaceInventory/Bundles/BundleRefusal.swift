public import MarketplaceCore

/// Why bundles, or lines of them, make no sense, with the facts.
public enum BundleRefusal: EffectStating, Hashable {
    /// The bundle consists of nothing.
    case noComponents(SKU)
    /// The bundle names, or consists of, more components than it may.
    case tooManyComponents(SKU, Int, maximum: Int)
    /// The bundle names a component twice.
    case duplicateComponent(SKU, SKU)
    /// Two bundles are sold as the same SKU.
    case duplicateBundle(SKU)
    /// Each of these bundles is a component of the one before, and the first of the last.
    case cycle([SKU])
    /// More units of a SKU would be needed than there can be.
    case tooManyUnits(SKU, maximum: Int64)
    /// The lines would be more than a reservation may have.
    case tooManyLines(Int, maximum: Int)

    /// The same input will be refused again.
    public var effect: EffectOutcome { .refused }
}

extension BundleRefusal: CustomStringConvertible {
    /// The reason, in a sentence.
    public var description: String {
        switch self {
        case .noComponents(let sku): "bundle \(sku) has no components"
        case .tooManyComponents(let sku, let count, let maximum):
            "bundle \(sku) has \(count) components, at most \(maximum) are allowed"
        case .duplicateComponent(let sku, let component): "bundle \(sku) names \(component) twice"
        case .duplicateBundle(let sku): "there are two bundles \(sku)"
        case .cycle(let skus): "bundles contain each other: \(skus.map(\.text).joined(separator: ", "))"
        case .tooManyUnits(let sku, let maximum): "more than \(maximum) units of \(sku) would be needed"
        case .tooManyLines(let count, let maximum): "\(count) lines would be needed, at most \(maximum) are allowed"
        }
    }
}
