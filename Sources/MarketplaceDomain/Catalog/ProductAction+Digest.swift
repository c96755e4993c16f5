public import MarketplaceCore

extension ProductAction: ContentDigestible {
    /// Takes in what is asked.
    public func combine(into digest: inout ContentDigest) {
        switch self {
        case .create(let id, let seller, let title, let description):
            digest.combine(all: "create", id, seller, title, description)
        case .edit(let edit): digest.combine(all: "edit", edit)
        case .addVariant(let variant): digest.combine(all: "addVariant", variant)
        case .changeSKU(let variant, let sku): digest.combine(all: "changeSKU", variant, sku)
        case .changePrice(let variant, let price): digest.combine(all: "changePrice", variant, price)
        case .setPriceTiers(let variant, let tiers): digest.combine(all: "setPriceTiers", variant, tiers)
        case .activate: digest.combine("activate")
        case .suspend: digest.combine("suspend")
        case .archive: digest.combine("archive")
        }
    }
}

extension ProductEdit: ContentDigestible {
    /// Takes in all of it.
    public func combine(into digest: inout ContentDigest) {
        digest.combine(all: title, description, options, categories, attributes, media)
    }
}

extension ProductVariant: ContentDigestible {
    /// Takes in all of it.
    public func combine(into digest: inout ContentDigest) { digest.combine(all: id, sku, price, choices, tiers) }
}

extension VariantChoice: ContentDigestible {
    /// Takes in all of it.
    public func combine(into digest: inout ContentDigest) { digest.combine(all: option, value) }
}

extension PriceTier: ContentDigestible {
    /// Takes in all of it.
    public func combine(into digest: inout ContentDigest) {
        digest.combine(all: group, minimumQuantity, price, validFrom, validUntil)
    }
}

extension ProductOption: ContentDigestible {
    /// Takes in all of it.
    public func combine(into digest: inout ContentDigest) { digest.combine(all: name, values) }
}

extension ProductAttribute: ContentDigestible {
    /// Takes in all of it.
    public func combine(into digest: inout ContentDigest) { digest.combine(all: name, value) }
}

extension ProductMedia: ContentDigestible {
    /// Takes in all of it.
    public func combine(into digest: inout ContentDigest) { digest.combine(all: path, alternativeText) }
}

extension ProductAttributeValue: ContentDigestible {
    /// Takes in what kind of value it is, and all of it.
    public func combine(into digest: inout ContentDigest) {
        switch self {
        case .text(let text): digest.combine(all: "text", text)
        case .number(let measure): digest.combine(all: "number", measure.value, measure.scale, measure.unit)
        case .boolean(let flag): digest.combine(all: "boolean", flag)
        case .choice(let text): digest.combine(all: "choice", text)
        }
    }
}
