/// A part of a stock level that cannot fall below zero.
public enum StockPart: String, Hashable, Sendable, Codable, CaseIterable {
    /// On hand and promised to nobody.
    case unpromised
    /// On their way.
    case incoming
    /// There, and not to be sold.
    case damaged
}
