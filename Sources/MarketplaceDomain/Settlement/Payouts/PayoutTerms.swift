public import MarketplaceCore

/// On which terms sellers are paid out.
public struct PayoutTerms: Sendable, Hashable, Codable {
    /// The least payout by currency: what comes to less is carried over; one minor unit where nothing is said.
    public let minimum: CurrencyAmounts
    /// The share of a payout's earnings that is held back for returns, 0 to 100%, rounded half up; of 100% nothing is paid
    /// before its time, however little it is.
    public let reserve: Percentage
    /// How long it is held back, in seconds.
    public let reserveSeconds: Int64

    /// Terms.
    ///
    /// - Parameters:
    ///   - minimum: The least payout by currency.
    ///   - reserve: The share that is held back; brought into 0 to 100%.
    ///   - reserveFor: How long it is held back; whole seconds, and not below zero.
    public init(
        minimum: CurrencyAmounts = .none,
        reserve: Percentage = .zero,
        reserveFor: Duration = .zero
    ) {
        self.minimum = minimum
        self.reserve = min(max(reserve, .zero), .whole)
        reserveSeconds = max(0, reserveFor.components.seconds)
    }

    private enum CodingKeys: String, CodingKey {
        case minimum, reserve, reserveSeconds
    }

    /// Decodes the terms; a share beyond 0 to 100%, and a time below zero, are refused.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        minimum = try container.decode(CurrencyAmounts.self, forKey: .minimum)
        reserve = try container.decode(Percentage.self, forKey: .reserve)
        reserveSeconds = try container.decode(Int64.self, forKey: .reserveSeconds)
        guard reserve >= .zero, reserve <= .whole, reserveSeconds >= 0 else {
            let words = "a reserve is 0 to 100% for no less than no time"
            let context = DecodingError.Context(codingPath: decoder.codingPath, debugDescription: words)
            throw DecodingError.dataCorrupted(context)
        }
    }
}
