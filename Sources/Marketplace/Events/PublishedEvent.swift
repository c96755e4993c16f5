public import MarketplaceCore
import MarketplaceDomain
import MarketplaceInventory

/// One kind of event that the package puts on the feed for others to read.
///
/// ```swift
/// for event in PublishedEvent.all { print(event.name, try event.schema.record.fields.map(\.name)) }
/// ```
public struct PublishedEvent: Sendable {
    /// The name on the feed, such as `OrderCreated`.
    public let name: String
    /// The version of the stored form that is written today.
    public let version: Int
    /// The category of the streams it stands in, such as `order`.
    public let category: String
    /// The type of the payload.
    public let payloadType: any EventPayload.Type

    private init(_ payloadType: any EventPayload.Type, in category: String) {
        name = payloadType.eventName
        version = payloadType.schemaVersion
        self.category = category
        self.payloadType = payloadType
    }

    /// All kinds, those of one category together.
    public static let all: [PublishedEvent] =
        events(of: Member.self) + events(of: SellerAccount.self) + events(of: Enterprise.self)
        + events(of: PartnerSchool.self) + events(of: Product.self) + events(of: CategoryTree.self)
        + events(of: Review.self) + [PublishedEvent(StockMoved.self, in: "stock")]
        + [PublishedEvent(ProductStockChanged.self, in: "stock")] + events(of: OrderGroup.self)
        + events(of: Order.self) + events(of: Shipment.self) + events(of: OrderReturn.self)
        + events(of: Payment.self) + events(of: StoreCreditEvent.self, in: StoreCredits.category.text)
        + events(of: GiftCardEvent.self, in: GiftCards.category.text)
        + events(of: OrderSettlement.self) + events(of: Payout.self)

    /// The kind of that name.
    public static func named(_ name: String) -> PublishedEvent? {
        all.first { $0.name == name }
    }

    /// The shape of the payload.
    ///
    /// - Throws: ``SchemaProbeError`` when a field does not say its shape; a test holds that none does.
    public var schema: EventSchema {
        get throws(SchemaProbeError) { try EventSchema(of: payloadType) }
    }

    private static func events<Root: Aggregate>(of root: Root.Type) -> [PublishedEvent] {
        events(of: Root.Event.self, in: Root.category)
    }

    private static func events<Union: EventUnion>(of union: Union.Type, in category: String) -> [PublishedEvent] {
        Union.cases.map { PublishedEvent($0.payloadType, in: category) }
    }
}
