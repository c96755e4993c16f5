import MarketplaceCore

extension PromotionOutcome: Encodable {
    private enum CodingKeys: String, CodingKey {
        case promotion
        case code
        case applied
        case refused
    }

    /// Encodes the promotion, the code that brings it, and under `applied` or `refused` what became of it.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.write(promotion, .promotion)
        try fields.writeIfThere(code, .code)
        switch result {
        case .applied(let applied): try fields.write(applied, .applied)
        case .refused(let refusal): try fields.write(refusal, .refused)
        }
    }
}

extension AppliedPromotion: Encodable {
    private enum CodingKeys: String, CodingKey {
        case promotion
        case amount
        case lines
        case shipping
        case bought
        case costs
    }

    /// Encodes what it takes off in all, and under `lines`, `shipping`, `bought` and `costs` where, for what, and at whose cost.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.write(promotion, .promotion)
        try fields.write(amount, .amount)
        try fields.write(lines, .lines)
        try fields.write(shipping, .shipping)
        try fields.write(bought, .bought)
        try fields.write(costs, .costs)
    }
}

extension AppliedPromotion.LineShare: Encodable {
    private enum CodingKeys: String, CodingKey {
        case line
        case units
        case amount
    }

    /// Encodes the three facts: `{"line": "1", "units": 2, "amount": "1000 KRW"}`.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.write(line, .line)
        try fields.write(units, .units)
        try fields.write(amount, .amount)
    }
}

extension AppliedPromotion.BoughtUnits: Encodable {
    private enum CodingKeys: String, CodingKey {
        case line
        case units
    }

    /// Encodes both facts: `{"line": "1", "units": 2}`.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.write(line, .line)
        try fields.write(units, .units)
    }
}

extension AppliedPromotion.ShippingShare: Encodable {
    private enum CodingKeys: String, CodingKey {
        case charge
        case amount
    }

    /// Encodes both facts: `{"charge": "post", "amount": "3000 KRW"}`.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.write(charge, .charge)
        try fields.write(amount, .amount)
    }
}

extension AppliedPromotion.CostShare: Encodable {
    private enum CodingKeys: String, CodingKey {
        case bearer
        case amount
    }

    private enum BearerKeys: String, CodingKey {
        case seller
    }

    private static let platformWord = "platform"

    /// Encodes who pays how much: `{"bearer": {"seller": "acme"}, "amount": "500 KRW"}`, or with `"platform"`.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        if let seller {
            var bearer = fields.nestedContainer(keyedBy: BearerKeys.self, forKey: .bearer)
            try bearer.write(seller, .seller)
        } else {
            try fields.write(Self.platformWord, .bearer)
        }
        try fields.write(amount, .amount)
    }
}

extension CodeOutcome: Encodable {
    private enum CodingKeys: String, CodingKey {
        case code
        case promotions
        case used
    }

    /// Encodes the code, the promotions it stands for, and whether it brings something.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.write(code, .code)
        try fields.write(promotions, .promotions)
        try fields.write(isUsed, .used)
    }
}
