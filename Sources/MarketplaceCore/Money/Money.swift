/// An exact amount of money: a whole number of a currency's minor units.
///
/// Arithmetic is checked: two currencies never mix and nothing wraps, traps or rounds unseen; every operator that can
/// fail throws ``MoneyError``. Comparing across currencies has no answer, so `Money` is not `Comparable`; its `<`
/// throws. Every `Int64` is a valid amount.
@frozen
public struct Money: Sendable, Hashable {
    /// The amount in the currency's minor unit (1999 is 19.99 USD, 1500 is 1500 KRW, 1234 is 1.234 KWD).
    public let minorUnits: Int64
    /// The currency of the amount.
    public let currency: Currency

    /// Makes an amount from minor units.
    @inlinable
    public init(minorUnits: Int64, _ currency: Currency) {
        self.minorUnits = minorUnits
        self.currency = currency
    }

    /// No money, in a currency.
    @inlinable
    public static func zero(_ currency: Currency) -> Money {
        Money(minorUnits: 0, currency)
    }

    /// Whether the amount is zero.
    @inlinable public var isZero: Bool { minorUnits == 0 }
    /// Whether the amount is below zero.
    @inlinable public var isNegative: Bool { minorUnits < 0 }
    /// Whether the amount is above zero.
    @inlinable public var isPositive: Bool { minorUnits > 0 }
}

extension Money: Codable {
    private enum CodingKeys: String, CodingKey {
        case minorUnits
        case currency
    }

    /// Decodes the form that ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        minorUnits = try container.decode(Int64.self, forKey: .minorUnits)
        currency = try container.decode(Currency.self, forKey: .currency)
    }

    /// Encodes an object of two keys: `minorUnits`, an integer, and `currency`, the alphabetic code.
    ///
    /// In JSON: `{"minorUnits":1999,"currency":"USD"}`. The form does not change between versions.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(minorUnits, forKey: .minorUnits)
        try container.encode(currency, forKey: .currency)
    }
}
