public import MarketplaceCore

/// Which lines of a basket a rule is about.
public indirect enum LineFilter: Sendable, Hashable {
    /// Every line.
    case every
    /// Lines that pass all of them.
    case all([LineFilter])
    /// Lines that pass at least one of them.
    case any([LineFilter])
    /// Lines that do not pass it.
    case not(LineFilter)
    /// These lines.
    case lines([BasketLineID])
    /// Lines of one of these SKUs.
    case skus([SKU])
    /// Lines of one of these products.
    case products([String])
    /// Lines in one of these categories.
    case categories([String])
    /// Lines of one of these sellers.
    case sellers([SellerKey])
    /// Lines whose attribute passes the test.
    case attribute(String, AttributeTest)
    /// Lines whose unit price, after a catalogue promotion, is in the range.
    case unitPrice(AmountRange)
    /// Lines with so many units.
    case lineQuantity(CountRange)
    /// Lines sold below their list price, or reduced by a catalogue promotion.
    case alreadyDiscounted

    /// Whether a line passes, whose unit price is now `unitPriceMinor`.
    func accepts(_ line: BasketLine, unitPriceMinor: Int64) -> Bool {
        switch self {
        case .every: true
        case .all(let filters): filters.allSatisfy { $0.accepts(line, unitPriceMinor: unitPriceMinor) }
        case .any(let filters): filters.contains { $0.accepts(line, unitPriceMinor: unitPriceMinor) }
        case .not(let filter): !filter.accepts(line, unitPriceMinor: unitPriceMinor)
        case .lines(let ids): ids.contains(line.id)
        case .skus(let skus): line.sku.map(skus.contains) ?? false
        case .products(let products): line.product.map(products.contains) ?? false
        case .categories(let categories): line.categories.contains { categories.contains($0) }
        case .sellers(let sellers): line.seller.map(sellers.contains) ?? false
        case .attribute(let name, let test): test.accepts(line.attributes[name])
        case .unitPrice(let range): range.contains(minor: unitPriceMinor)
        case .lineQuantity(let range): range.contains(line.quantity.value)
        case .alreadyDiscounted: unitPriceMinor < max(line.listPrice?.minorUnits ?? 0, line.unitPrice.minorUnits)
        }
    }
}
