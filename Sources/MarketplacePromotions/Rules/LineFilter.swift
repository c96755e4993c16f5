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
}
