import MarketplaceCore

extension Basket: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case currency
        case lines
        case shipping
    }

    /// Decodes the form that ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.fields(CodingKeys.self)
        self.init(
            try fields.read(.currency),
            lines: try fields.read(.lines),
            shipping: try fields.read(.shipping, or: [])
        )
    }

    /// Encodes the currency, the lines and, where there is any, the shipping:
    /// `{"currency": "KRW", "lines": [{"id": "1", "unitPrice": "5000 KRW"}]}`.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.write(currency, .currency)
        try fields.write(lines, .lines)
        try fields.write(shipping, .shipping, unless: [])
    }
}

extension BasketLine: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case id
        case unitPrice
        case quantity
        case listPrice
        case minimumUnitPrice
        case discountable
        case sku
        case product
        case variant
        case categories
        case seller
        case attributes
        case tax
    }

    /// Decodes the form that ``encode(to:)`` writes; every key but `id` and `unitPrice` may be left out.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.fields(CodingKeys.self)
        self.init(
            try fields.read(.id),
            try fields.written(.unitPrice),
            quantity: try fields.read(.quantity, or: .one),
            listPrice: try fields.writtenIfThere(.listPrice),
            minimumUnitPrice: try fields.writtenIfThere(.minimumUnitPrice),
            isDiscountable: try fields.read(.discountable, or: true),
            sku: try fields.readIfThere(.sku),
            product: try fields.readIfThere(.product),
            variant: try fields.readIfThere(.variant),
            categories: try fields.read(.categories, or: []),
            seller: try fields.readIfThere(.seller),
            attributes: try fields.read(.attributes, or: [:]),
            tax: try fields.readIfThere(.tax)
        )
    }

    /// Encodes `id`, `unitPrice`, and what is not as usual:
    /// `{"id": "1", "unitPrice": "5000 KRW", "quantity": 2, "categories": ["books"], "tax": {"included": "10%"}}`.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.write(id, .id)
        try fields.write(unitPrice, .unitPrice)
        try fields.write(quantity, .quantity, unless: .one)
        try fields.writeIfThere(listPrice, .listPrice)
        try fields.writeIfThere(minimumUnitPrice, .minimumUnitPrice)
        try fields.write(isDiscountable, .discountable, unless: true)
        try fields.writeIfThere(sku, .sku)
        try fields.writeIfThere(product, .product)
        try fields.writeIfThere(variant, .variant)
        try fields.write(categories, .categories, unless: [])
        try fields.writeIfThere(seller, .seller)
        try fields.write(attributes, .attributes, unless: [:])
        try fields.writeIfThere(tax, .tax)
    }
}

extension ShippingCharge: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case id
        case price
        case seller
        case attributes
        case tax
    }

    /// Decodes the form that ``encode(to:)`` writes; every key but `id` and `price` may be left out.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.fields(CodingKeys.self)
        self.init(
            try fields.read(.id),
            try fields.written(.price),
            seller: try fields.readIfThere(.seller),
            attributes: try fields.read(.attributes, or: [:]),
            tax: try fields.readIfThere(.tax)
        )
    }

    /// Encodes `id`, `price`, and what is not as usual:
    /// `{"id": "post", "price": "3000 KRW", "attributes": {"service": "standard"}, "tax": {"included": "10%"}}`.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.write(id, .id)
        try fields.write(price, .price)
        try fields.writeIfThere(seller, .seller)
        try fields.write(attributes, .attributes, unless: [:])
        try fields.writeIfThere(tax, .tax)
    }
}

extension TaxRate: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case included
        case added
    }

    /// Decodes the form that ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        self = try decoder.choice { (key: CodingKeys, container) in
            TaxRate(percentage: try container.written(key), isIncluded: key == .included)
        }
    }

    /// Encodes the rate and whether prices contain the tax, `{"included": "10%"}`, or not, `{"added": "8.875%"}`.
    public func encode(to encoder: any Encoder) throws {
        try encoder.write(percentage, as: isIncluded ? CodingKeys.included : .added)
    }
}
