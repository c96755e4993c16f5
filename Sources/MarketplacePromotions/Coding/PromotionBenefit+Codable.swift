import MarketplaceCore

extension PromotionBenefit: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case percentOff
        case amountOffEachUnit
        case amountOffEachLine
        case amountOffFirstUnit
        case amountOffOrder
        case percentOffOrder
        case priceEachUnit
        case priceOfOrder
        case bundlePrice
        case buyGet
        case tiers
        case gift
        case shipping
        case amountOffGoodsAndShipping
        case percentOffGoodsAndShipping
        case cataloguePrice
    }

    /// Decodes the form that ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        self = try decoder.choice { (key: CodingKeys, container) in
            switch key {
            case .percentOff, .percentOffOrder: try Self.percentage(key, container)
            case .amountOffEachUnit: .amountOffEachUnit(try container.written(key))
            case .amountOffEachLine: .amountOffEachLine(try container.written(key))
            case .amountOffFirstUnit: try container.read(key, as: FirstUnitAmount.self).benefit
            case .amountOffOrder: try container.read(key, as: OrderAmount.self).benefit
            case .priceEachUnit: .priceEachUnit(try container.written(key))
            case .priceOfOrder: .priceOfOrder(try container.written(key))
            case .bundlePrice: try container.read(key, as: Bundle.self).benefit
            case .buyGet: .buyGet(try container.read(key))
            case .tiers: .tiers(try container.read(key))
            case .gift: .gift(try container.read(key))
            case .shipping: try container.read(key, as: ShippingPrice.self).benefit
            case .amountOffGoodsAndShipping: .amountOffGoodsAndShipping(try container.written(key))
            case .percentOffGoodsAndShipping: .percentOffGoodsAndShipping(try container.written(key))
            case .cataloguePrice: .cataloguePrice(try container.read(key))
            }
        }
    }

    private static func percentage(
        _ key: CodingKeys,
        _ container: KeyedDecodingContainer<CodingKeys>
    ) throws -> PromotionBenefit {
        let off: CappedPercentage = try container.read(key)
        return key == .percentOff ? .percentOff(off.percent, cap: off.cap) : .percentOffOrder(off.percent, cap: off.cap)
    }

    /// Encodes an object with one key, which is the name of the case: `{"percentOff": {"percent": "20%"}}`,
    /// `{"amountOffEachUnit": "1000 KRW"}`, `{"bundlePrice": {"price": "10.00 USD", "units": 3}}`,
    /// `{"shipping": "free"}`.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .percentOff(let percent, let cap):
            try encoder.write(CappedPercentage(percent: percent, cap: cap), as: CodingKeys.percentOff)
        case .percentOffOrder(let percent, let cap):
            try encoder.write(CappedPercentage(percent: percent, cap: cap), as: CodingKeys.percentOffOrder)
        case .amountOffEachUnit(let amount): try encoder.write(amount, as: CodingKeys.amountOffEachUnit)
        case .amountOffEachLine(let amount): try encoder.write(amount, as: CodingKeys.amountOffEachLine)
        case .amountOffFirstUnit(let amount, let further):
            try encoder.write(
                FirstUnitAmount(amount: amount, furtherUnits: further),
                as: CodingKeys.amountOffFirstUnit
            )
        case .amountOffOrder(let amount, let spread):
            try encoder.write(OrderAmount(amount: amount, spread: spread), as: CodingKeys.amountOffOrder)
        case .priceEachUnit(let price): try encoder.write(price, as: CodingKeys.priceEachUnit)
        case .priceOfOrder(let price): try encoder.write(price, as: CodingKeys.priceOfOrder)
        case .bundlePrice(let price, let units, let repeats):
            try encoder.write(Bundle(price: price, units: units, repeats: repeats), as: CodingKeys.bundlePrice)
        case .buyGet(let offer): try encoder.write(offer, as: CodingKeys.buyGet)
        case .tiers(let tiers): try encoder.write(tiers, as: CodingKeys.tiers)
        case .gift(let gift): try encoder.write(gift, as: CodingKeys.gift)
        case .shipping(let benefit, let condition):
            try encoder.write(ShippingPrice(price: benefit, condition: condition), as: CodingKeys.shipping)
        case .amountOffGoodsAndShipping(let amount):
            try encoder.write(amount, as: CodingKeys.amountOffGoodsAndShipping)
        case .percentOffGoodsAndShipping(let percentage):
            try encoder.write(percentage, as: CodingKeys.percentOffGoodsAndShipping)
        case .cataloguePrice(let benefit): try encoder.write(benefit, as: CodingKeys.cataloguePrice)
        }
    }
}
