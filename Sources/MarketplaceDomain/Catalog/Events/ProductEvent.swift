public import MarketplaceCore

/// All that can happen to a product.
public enum ProductEvent: EventUnion {
    /// It was made.
    case created(ProductCreated)
    /// Its description changed.
    case updated(ProductUpdated)
    /// It has one more variant.
    case variantAdded(ProductVariantAdded)
    /// A variant is kept under another SKU.
    case variantChanged(ProductVariantChanged)
    /// A variant has another price.
    case priceChanged(ProductPriceChanged)
    /// A variant has other prices by group and quantity.
    case priceTiersChanged(ProductPriceTiersChanged)
    /// It moved along its lifecycle.
    case statusChanged(ProductStatusChanged)

    /// How each stored kind of event becomes a value of this type.
    public static let cases = [
        EventCase(ProductEvent.created),
        EventCase(ProductEvent.updated),
        EventCase(ProductEvent.variantAdded),
        EventCase(ProductEvent.variantChanged),
        EventCase(ProductEvent.priceChanged),
        EventCase(ProductEvent.priceTiersChanged),
        EventCase(ProductEvent.statusChanged),
    ]

    /// The payload of this event.
    public var payload: any EventPayload {
        switch self {
        case .created(let payload): payload
        case .updated(let payload): payload
        case .variantAdded(let payload): payload
        case .variantChanged(let payload): payload
        case .priceChanged(let payload): payload
        case .priceTiersChanged(let payload): payload
        case .statusChanged(let payload): payload
        }
    }
}
