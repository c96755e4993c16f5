import MarketplaceCore

extension Gift: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case sku
        case quantity
        case worth
    }

    /// Decodes the form that ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.fields(CodingKeys.self)
        self.init(
            try fields.read(.sku),
            quantity: try fields.read(.quantity, or: .one),
            worth: try fields.writtenIfThere(.worth)
        )
    }

    /// Encodes what it is, the quantity unless one, and the worth: `{"sku": "mug", "quantity": 2, "worth": "4.00 USD"}`.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.write(sku, .sku)
        try fields.write(quantity, .quantity, unless: .one)
        try fields.writeIfThere(worth, .worth)
    }
}
