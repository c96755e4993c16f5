public import MarketplaceCore

/// How many units of one thing can be bought at once.
public struct QuantityRule: Sendable, Hashable, Codable {
    /// The fewest.
    public let minimum: Quantity
    /// The most; nil where nothing bounds it but ``Quantity/maximum``.
    public let maximum: Quantity?
    /// By how many the number can differ from the fewest, such as 6 for bottles in boxes.
    public let step: Quantity

    /// Any number.
    public static let any = QuantityRule(uncheckedMinimum: .one, maximum: nil, step: .one)

    /// A rule; nil when the most is below the fewest.
    public init?(minimum: Quantity = .one, maximum: Quantity? = nil, step: Quantity = .one) {
        if let maximum, maximum < minimum { return nil }
        self.init(uncheckedMinimum: minimum, maximum: maximum, step: step)
    }

    private init(uncheckedMinimum minimum: Quantity, maximum: Quantity?, step: Quantity) {
        self.minimum = minimum
        self.maximum = maximum
        self.step = step
    }

    /// Whether so many can be bought at once.
    public func allows(_ quantity: Quantity) -> Bool {
        largest(upTo: quantity) == quantity
    }

    /// The most that can be bought at once of so many that are wanted, or there; nil when none can.
    public func largest(upTo quantity: Quantity) -> Quantity? {
        guard quantity >= minimum else { return nil }
        let capped = maximum.map { min(quantity, $0) } ?? quantity
        let over = (capped.value - minimum.value) % step.value
        return try? Quantity(capped.value - over)
    }
}

extension QuantityRule {
    private enum CodingKeys: String, CodingKey {
        case minimum, maximum, step
    }

    /// Decodes the bounds, and checks them as ``init(minimum:maximum:step:)`` does; what is missing bounds nothing.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let minimum = try container.decodeIfPresent(Quantity.self, forKey: .minimum) ?? .one
        let maximum = try container.decodeIfPresent(Quantity.self, forKey: .maximum)
        let step = try container.decodeIfPresent(Quantity.self, forKey: .step) ?? .one
        guard let rule = QuantityRule(minimum: minimum, maximum: maximum, step: step) else {
            let words = "the most of a quantity rule is below the fewest"
            let context = DecodingError.Context(codingPath: decoder.codingPath, debugDescription: words)
            throw DecodingError.dataCorrupted(context)
        }
        self = rule
    }
}

extension QuantityRule: CustomStringConvertible {
    /// The bounds in words.
    public var description: String {
        let most = maximum.map { " to \($0)" } ?? " or more"
        return "\(minimum)\(most)" + (step == .one ? "" : " in steps of \(step)")
    }
}
