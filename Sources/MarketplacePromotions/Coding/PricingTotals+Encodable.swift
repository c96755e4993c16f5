import MarketplaceCore

extension PricingTotals: Encodable {
    private enum CodingKeys: String, CodingKey {
        case goods
        case goodsDiscount
        case shipping
        case shippingDiscount
        case discount
        case net
        case tax
        case total
    }

    /// Encodes the sums, that of both discounts among them.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.write(goods, .goods)
        try fields.write(goodsDiscount, .goodsDiscount)
        try fields.write(shipping, .shipping)
        try fields.write(shippingDiscount, .shippingDiscount)
        try fields.write(discount, .discount)
        try fields.write(net, .net)
        try fields.write(tax, .tax)
        try fields.write(total, .total)
    }
}

extension TaxedAmount: Encodable {
    private enum CodingKeys: String, CodingKey {
        case net
        case tax
        case gross
    }

    /// Encodes the three amounts: `{"net": "9091 KRW", "tax": "909 KRW", "gross": "10000 KRW"}`.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.write(net, .net)
        try fields.write(tax, .tax)
        try fields.write(gross, .gross)
    }
}

extension TaxTotal: Encodable {
    private enum CodingKeys: String, CodingKey {
        case rate
        case amount
    }

    /// Encodes the rate, where there is one, and the amount taxed at it.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.writeIfThere(rate, .rate)
        try fields.write(amount, .amount)
    }
}

extension CombinationSearch: Encodable {
    private enum CodingKeys: String, CodingKey {
        case candidates
        case exhaustive
    }

    /// Encodes both facts: `{"candidates": 5, "exhaustive": true}`.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.write(candidates, .candidates)
        try fields.write(isExhaustive, .exhaustive)
    }
}
