import MarketplaceCore

extension PricingPolicy: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case rounding
        case roundingPlace
        case remainder
        case spreadOrder
        case unitRemainder
        case base
        case conditionBase
        case unitOrder
        case boughtOrder
        case gotOrder
        case consumption
        case stacking
        case budgetCheck
        case tax
    }

    /// The policies that have a name, which stands for them in documents.
    public static let named: KeyValuePairs<String, PricingPolicy> = [
        "standard": .standard,
        "amountsThenPercentages": .amountsThenPercentages,
        "oneCoupon": .oneCoupon,
    ]

    /// The policy of a name; nil when none has it.
    public init?(named name: String) {
        guard let found = Self.named.first(where: { $0.key == name }) else { return nil }
        self = found.value
    }

    /// Decodes the form that ``encode(to:)`` writes; a policy that has a name may also be written in full.
    public init(from decoder: any Decoder) throws {
        if let name = try? decoder.singleValueContainer().decode(String.self) {
            guard let policy = PricingPolicy(named: name) else {
                let names = Self.named.map(\.key.excerpt).joined(separator: ", ")
                throw decoder.mismatch(expected: "one of \(names), or an object")
            }
            self = policy
            return
        }
        let fields = try decoder.fields(CodingKeys.self)
        let usual = PricingPolicy.standard
        self.init(
            rounding: try fields.read(.rounding, or: usual.rounding),
            roundingPlace: try fields.read(.roundingPlace, or: usual.roundingPlace),
            remainder: try fields.read(.remainder, or: usual.remainder),
            spreadOrder: try fields.read(.spreadOrder, or: usual.spreadOrder),
            unitRemainder: try fields.read(.unitRemainder, or: usual.unitRemainder),
            base: try fields.read(.base, or: usual.base),
            conditionBase: try fields.read(.conditionBase, or: usual.conditionBase),
            unitOrder: try fields.read(.unitOrder, or: usual.unitOrder),
            boughtOrder: try fields.read(.boughtOrder, or: usual.boughtOrder),
            gotOrder: try fields.read(.gotOrder, or: usual.gotOrder),
            consumption: try fields.read(.consumption, or: usual.consumption),
            stacking: try fields.read(.stacking, or: usual.stacking),
            budgetCheck: try fields.read(.budgetCheck, or: usual.budgetCheck),
            tax: try fields.read(.tax, or: usual.tax)
        )
    }

    /// Encodes the name where it has one, and else what is not as in ``standard``:
    /// `{"rounding": "half_even", "base": "original_price", "tax": {"place": "rate"}}`.
    public func encode(to encoder: any Encoder) throws {
        if let name = Self.named.first(where: { $0.value == self })?.key { return try encoder.write(word: name) }
        var fields = encoder.container(keyedBy: CodingKeys.self)
        let usual = PricingPolicy.standard
        try fields.write(rounding, .rounding, unless: usual.rounding)
        try fields.write(roundingPlace, .roundingPlace, unless: usual.roundingPlace)
        try fields.write(remainder, .remainder, unless: usual.remainder)
        try fields.write(spreadOrder, .spreadOrder, unless: usual.spreadOrder)
        try fields.write(unitRemainder, .unitRemainder, unless: usual.unitRemainder)
        try fields.write(base, .base, unless: usual.base)
        try fields.write(conditionBase, .conditionBase, unless: usual.conditionBase)
        try fields.write(unitOrder, .unitOrder, unless: usual.unitOrder)
        try fields.write(boughtOrder, .boughtOrder, unless: usual.boughtOrder)
        try fields.write(gotOrder, .gotOrder, unless: usual.gotOrder)
        try fields.write(consumption, .consumption, unless: usual.consumption)
        try fields.write(stacking, .stacking, unless: usual.stacking)
        try fields.write(budgetCheck, .budgetCheck, unless: usual.budgetCheck)
        try fields.write(tax, .tax, unless: usual.tax)
    }
}

extension TaxPolicy: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case rounding
        case place
    }

    /// Decodes the form that ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.fields(CodingKeys.self)
        self.init(
            rounding: try fields.read(.rounding, or: .halfUp),
            place: try fields.read(.place, or: .line)
        )
    }

    /// Encodes what is not as usual: `{"rounding": "half_even", "place": "rate"}`.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.write(rounding, .rounding, unless: .halfUp)
        try fields.write(place, .place, unless: .line)
    }
}
