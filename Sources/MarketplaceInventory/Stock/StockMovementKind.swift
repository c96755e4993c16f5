/// Why units of stock changed their place.
///
/// Open to more kinds: readers of stored movements pass over the ones they do not know by their deltas.
public struct StockMovementKind: Hashable, Sendable, CustomStringConvertible {
    /// The stable text of the kind.
    public let text: String

    /// Makes a kind of its stable text.
    public init(_ text: String) {
        self.text = text
    }

    /// Units came in.
    public static let restock = StockMovementKind("restock")
    /// Units are on their way, or no longer are.
    public static let announcement = StockMovementKind("announcement")
    /// A count differed from the books, or damaged units were thrown away.
    public static let adjustment = StockMovementKind("adjustment")
    /// Units that had been sold came back.
    public static let customerReturn = StockMovementKind("return")
    /// Units became unfit for sale.
    public static let damage = StockMovementKind("damage")
    /// Units left for another location.
    public static let transferOut = StockMovementKind("transfer out")
    /// Units came from another location.
    public static let transferIn = StockMovementKind("transfer in")
    /// Units were set aside until a deadline.
    public static let reservation = StockMovementKind("reservation")
    /// Units set aside were promised for good, or units that came in were given to somebody who waited for them.
    public static let allocation = StockMovementKind("allocation")
    /// Units set aside or promised were given back.
    public static let cancellation = StockMovementKind("cancellation")
    /// Units set aside became available because the deadline passed.
    public static let expiry = StockMovementKind("expiry")
    /// Promised units left.
    public static let sale = StockMovementKind("sale")

    /// The text.
    public var description: String { text }
}

extension StockMovementKind: Codable {
    /// Reads the text.
    public init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    /// Writes the text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

extension KeyedEncodingContainer {
    /// Writes the text of a kind, as every movement has one: without a container of its own, like the other scalars.
    mutating func encode(_ value: StockMovementKind, forKey key: Key) throws {
        try encode(value.text, forKey: key)
    }
}
