import MarketplaceCore
import MarketplaceStorage

/// Keys that a law makes of numbers.
enum LawNames {
    /// The key of a number: its digits.
    static func key(_ number: Int) -> SearchKey { SearchKey(EventID(bits: UInt128(number))) }
}
