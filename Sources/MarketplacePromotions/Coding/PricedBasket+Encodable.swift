import MarketplaceCore

extension PricedBasket: Encodable {
    private enum CodingKeys: String, CodingKey {
        case lines
        case shipping
        case gifts
        case outcomes
        case codes
        case totals
        case taxes
        case claims
        case search
    }

    /// Encodes all of it, amounts as text.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.write(lines, .lines)
        try fields.write(shipping, .shipping)
        try fields.write(gifts, .gifts)
        try fields.write(outcomes, .outcomes)
        try fields.write(codes, .codes)
        try fields.write(totals, .totals)
        try fields.write(taxes, .taxes)
        try fields.write(claims, .claims)
        try fields.writeIfThere(search, .search)
    }
}

extension PricedLine: Encodable {
    private enum CodingKeys: String, CodingKey {
        case id
        case unitPrice
        case quantity
        case subtotal
        case discount
        case shares
        case unitDiscounts
        case total
        case before
        case paid
    }

    /// Encodes the line with its total; `unitDiscounts` has one entry for each run of units with one discount.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.write(id, .id)
        try fields.write(unitPrice, .unitPrice)
        try fields.write(quantity, .quantity)
        try fields.write(subtotal, .subtotal)
        try fields.write(discount, .discount)
        try fields.write(shares, .shares)
        try fields.write(unitDiscounts, .unitDiscounts)
        try fields.write(total, .total)
        try fields.write(before, .before)
        try fields.write(paid, .paid)
    }
}

extension PricedLine.Share: Encodable {
    private enum CodingKeys: String, CodingKey {
        case promotion
        case units
        case amount
    }

    /// Encodes the three facts: `{"promotion": "spring", "units": 2, "amount": "1000 KRW"}`.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.write(promotion, .promotion)
        try fields.write(units, .units)
        try fields.write(amount, .amount)
    }
}

extension UnitSplit: Encodable {
    /// Encodes the runs, the first unit first: `[{"units": 1, "share": "34 KRW"}, {"units": 2, "share": "33 KRW"}]`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(runs)
    }
}

extension UnitSplit.Run: Encodable {
    private enum CodingKeys: String, CodingKey {
        case units
        case share
    }

    /// Encodes both facts: `{"units": 2, "share": "33 KRW"}`.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.write(units, .units)
        try fields.write(share, .share)
    }
}

extension PricedShipping: Encodable {
    private enum CodingKeys: String, CodingKey {
        case id
        case price
        case discount
        case before
        case paid
    }

    /// Encodes the charge.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.write(id, .id)
        try fields.write(price, .price)
        try fields.write(discount, .discount)
        try fields.write(before, .before)
        try fields.write(paid, .paid)
    }
}

extension GiftLine: Encodable {
    private enum CodingKeys: String, CodingKey {
        case promotion
        case gift
    }

    /// Encodes both facts: `{"promotion": "welcome", "gift": {"sku": "mug"}}`.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.write(promotion, .promotion)
        try fields.write(gift, .gift)
    }
}
