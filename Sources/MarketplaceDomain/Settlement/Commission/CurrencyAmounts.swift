public import MarketplaceCore

/// An amount for each of some currencies: a floor, a cap, a flat fee, a minimum.
public struct CurrencyAmounts: Sendable, Hashable {
    /// The minor units by currency.
    public let minorUnits: [Currency: Int64]

    /// These amounts; of two in one currency the later one counts.
    public init(_ amounts: Money...) {
        self.init(amounts)
    }

    /// These amounts; of two in one currency the later one counts.
    public init(_ amounts: [Money]) {
        var minorUnits: [Currency: Int64] = [:]
        for amount in amounts { minorUnits[amount.currency] = amount.minorUnits }
        self.minorUnits = minorUnits
    }

    /// No amount in any currency.
    public static let none = CurrencyAmounts()

    /// The amount in that currency; nil when there is none.
    public subscript(currency: Currency) -> Int64? { minorUnits[currency] }

    /// Whether an amount is below zero.
    var hasNegative: Bool { minorUnits.values.contains { $0 < 0 } }
}

extension CurrencyAmounts: Codable {
    /// Decodes an object of minor units by currency code: `{"EUR": 250}`.
    public init(from decoder: any Decoder) throws {
        var minorUnits: [Currency: Int64] = [:]
        for (code, amount) in try decoder.singleValueContainer().decode([String: Int64].self) {
            do throws(CurrencyError) {
                minorUnits[try Currency(code: code)] = amount
            } catch {
                let context = DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "\(error)")
                throw DecodingError.dataCorrupted(context)
            }
        }
        self.minorUnits = minorUnits
    }

    /// Encodes an object of minor units by currency code.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        let pairs = minorUnits.map { ($0.key.code, $0.value) }
        try container.encode([String: Int64](uniqueKeysWithValues: pairs))
    }
}
