public import MarketplaceCore

/// The subject of commission rules.
public enum CommissionRuleSubject {}

/// Names one commission rule, in the operator's own terms.
public typealias CommissionRuleID = TextKey<CommissionRuleSubject>

/// For which lines the marketplace takes which fee.
///
/// ```json
/// {"id": "cameras", "match": {"category": ["cameras"]}, "percent": "8%", "floor": {"EUR": 50}, "cap": {"EUR": 2000}}
/// ```
public struct CommissionRule: Sendable, Hashable {
    /// Its name, which is frozen with every fee it gave.
    public let id: CommissionRuleID
    /// Which lines it is for; empty for all.
    public let match: CommissionFacts
    /// How the fee is computed.
    public let fee: CommissionFee
    /// The least fee of a line, by currency.
    public let floor: CurrencyAmounts
    /// The most that the fee of a line can be, by currency; it is stronger than the floor.
    public let cap: CurrencyAmounts
    /// Whether delivery charges have the fee too.
    public let includesDelivery: Bool
    /// When it was introduced: of two that are equally specific the older one is taken.
    public let introducedAt: Timestamp?

    /// A rule.
    ///
    /// - Throws: ``CommissionError/negativeRule(_:)`` when a percentage or an amount is below zero.
    public init(
        _ id: CommissionRuleID,
        for match: CommissionFacts = CommissionFacts(),
        fee: CommissionFee,
        floor: CurrencyAmounts = .none,
        cap: CurrencyAmounts = .none,
        includesDelivery: Bool = false,
        introducedAt: Timestamp? = nil
    ) throws(CommissionError) {
        let isNegative =
            switch fee {
            case .percent(let percentage, _): percentage < .zero
            case .flatPerUnit(let amounts), .flatPerLine(let amounts): amounts.hasNegative
            }
        guard !isNegative, !floor.hasNegative, !cap.hasNegative else { throw .negativeRule(id) }
        self.id = id
        self.match = match
        self.fee = fee
        self.floor = floor
        self.cap = cap
        self.includesDelivery = includesDelivery
        self.introducedAt = introducedAt
    }

    /// The fee of a line, without tax on it: computed, rounded half up to the currency, and brought into its bounds.
    ///
    /// - Throws: ``CommissionError/amount(_:)`` when it does not fit.
    public func amount(of basis: CommissionBasis) throws(CommissionError) -> Money {
        let currency = basis.net.currency
        if basis.kind == .delivery, !includesDelivery { return .zero(currency) }
        do throws(MoneyError) {
            let exact: Money
            switch fee {
            case .percent(let percentage, .net):
                exact = try basis.net.share(percentage, rounding: .halfUp)
            case .percent(let percentage, .gross):
                exact = try Money(minorUnits: basis.grossMinor, currency).share(percentage, rounding: .halfUp)
            case .flatPerUnit(let amounts):
                exact = try Money(minorUnits: amounts[currency] ?? 0, currency) * basis.units
            case .flatPerLine(let amounts): exact = Money(minorUnits: amounts[currency] ?? 0, currency)
            }
            // What is below zero before that, because more was taken off than the line costs, is not after it.
            let raised = max(exact.minorUnits, floor[currency] ?? 0)
            return Money(minorUnits: min(raised, cap[currency] ?? .max), currency)
        } catch {
            throw .amount(error)
        }
    }
}

extension CommissionRule: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case id, match, percent, base, flatPerUnit, flatPerLine, floor, cap, includesDelivery, introducedAt
    }

    /// Decodes the form that ``encode(to:)`` writes; unknown keys, and more or less than one fee, are refused.
    public init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(besides: CodingKeys.self)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        var fees: [CommissionFee] = []
        let base = try container.decodeIfPresent(CommissionBase.self, forKey: .base)
        if let percentage = try container.decodeIfPresent(Percentage.self, forKey: .percent) {
            fees.append(.percent(percentage, of: base ?? .net))
        }
        if let amounts = try container.decodeIfPresent(CurrencyAmounts.self, forKey: .flatPerUnit) {
            fees.append(.flatPerUnit(amounts))
        }
        if let amounts = try container.decodeIfPresent(CurrencyAmounts.self, forKey: .flatPerLine) {
            fees.append(.flatPerLine(amounts))
        }
        func corrupted(_ words: String) -> DecodingError {
            .dataCorrupted(DecodingError.Context(codingPath: decoder.codingPath, debugDescription: words))
        }
        guard let fee = fees.first, fees.count == 1 else {
            throw corrupted("a rule has one of percent, flatPerUnit and flatPerLine")
        }
        if base != nil, !container.contains(.percent) { throw corrupted("only a percentage has a base") }
        let id = try container.decode(CommissionRuleID.self, forKey: .id)
        let match = try container.decodeIfPresent(CommissionFacts.self, forKey: .match)
        let floor = try container.decodeIfPresent(CurrencyAmounts.self, forKey: .floor)
        let cap = try container.decodeIfPresent(CurrencyAmounts.self, forKey: .cap)
        let includesDelivery = try container.decodeIfPresent(Bool.self, forKey: .includesDelivery)
        let introducedAt = try container.decodeIfPresent(Timestamp.self, forKey: .introducedAt)
        do throws(CommissionError) {
            try self.init(
                id,
                for: match ?? CommissionFacts(),
                fee: fee,
                floor: floor ?? .none,
                cap: cap ?? .none,
                includesDelivery: includesDelivery ?? false,
                introducedAt: introducedAt
            )
        } catch {
            throw corrupted(error.description)
        }
    }

    /// Encodes an object of `id`, `match`, one of `percent` (with its `base`), `flatPerUnit` and `flatPerLine`, and
    /// where they say something `floor`, `cap`, `includesDelivery` and `introducedAt`; amounts in minor units.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        if !match.values.isEmpty { try container.encode(match, forKey: .match) }
        switch fee {
        case .percent(let percentage, let base):
            try container.encode(percentage, forKey: .percent)
            try container.encode(base, forKey: .base)
        case .flatPerUnit(let amounts): try container.encode(amounts, forKey: .flatPerUnit)
        case .flatPerLine(let amounts): try container.encode(amounts, forKey: .flatPerLine)
        }
        if floor != .none { try container.encode(floor, forKey: .floor) }
        if cap != .none { try container.encode(cap, forKey: .cap) }
        if includesDelivery { try container.encode(true, forKey: .includesDelivery) }
        try container.encodeIfPresent(introducedAt, forKey: .introducedAt)
    }
}
