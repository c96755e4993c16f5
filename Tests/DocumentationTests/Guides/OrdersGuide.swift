import Marketplace
import MarketplaceTestKit
import Testing

struct OrdersGuide {
    @Test func aPurchaseOfTwoSellersIsShippedAndCalledOffInPart() async throws {
        let clock = SystemWallClock()
        let identifiers = TimeOrderedIdentifiers(clock: clock)
        let store = InMemoryStore()
        let inventory = InMemoryInventory()
        let gateway = ScriptedPaymentGateway()
        let (potter, grocer): (SellerID, SellerID) = (identifiers.next(), identifiers.next())
        let (buyer, purchase): (MemberID, OrderID) = (identifiers.next(), identifiers.next())
        for sku in ["cup", "tea"] as [SKU] {
            try inventory.record(.restock(id: identifiers.next(), sku: sku, quantity: Quantity(5), at: clock.now))
        }
        // guide: Orders
        let environment = ServiceEnvironment(store: store, codec: .json, identifiers: identifiers)
        let checkout = Checkout(
            store: store,
            inventory: inventory,
            gateway: gateway,
            codec: .json,
            identifiers: identifiers
        )
        let orders = Orders(in: environment, gateway: gateway, inventory: inventory, checkout: checkout)
        let shipments = Shipments(in: environment, inventory: inventory)
        let price = Money(minorUnits: 9_000, .krw)
        let lines = [
            OrderLine(sku: "cup", sellerID: potter, quantity: .one, unitPrice: price),
            OrderLine(sku: "tea", sellerID: grocer, quantity: .one, unitPrice: price),
        ]
        _ = try await checkout.place(CheckoutRequest(order: purchase, buyer: buyer, lines: lines))

        let cups = OrderID(of: potter, in: purchase)
        let parcel: ShipmentID = identifiers.next()
        let units = [OrderUnits(lineIndex: 0, units: 1)]
        try await shipments.create(parcel, of: cups, units, by: .seller(potter), key: "pack")
        let waybill = Waybill(carrier: "post", trackingNumber: "6021")
        try await shipments.registerWaybill(waybill, for: parcel, by: .seller(potter), key: "waybill")
        try await shipments.handOver(parcel, by: .seller(potter), key: "hand over")

        let tea = OrderID(of: grocer, in: purchase)
        try await orders.cancel(tea, because: .buyerRequest, by: .buyer(buyer), key: "cancel")  // 9,000 won come back
        // end of guide
        #expect(try await orders.order(cups, by: .system).status == .shipped)
        #expect(try gateway.entries().totals()[PaymentID(bits: purchase.bits)]?.refunded == price)

        // guide: Payments of a group
        let group = try await orders.group(OrderGroupID(of: purchase), by: .buyer(buyer))
        let half = PaymentSplit.Tender(payment: identifiers.next(), authorized: price)
        let rest = PaymentSplit.Tender(payment: identifiers.next(), authorized: price)
        let split = try PaymentSplit([half, rest], over: group.orders)
        // end of guide
        #expect(split.rows.map(\.captured) == [price, price])
    }
}
