import Marketplace
import MarketplaceTestKit
import Testing

extension MallFloor {
    static let cupsSeller = CommandActor.seller(cups)

    /// What one process runs.
    struct Process {
        let orders: Orders
        let shipments: Shipments
    }

    /// Another process, over that store and inventory.
    func process(
        _ seed: UInt64,
        over store: (any Store)? = nil,
        _ inventory: (any InventoryStore)? = nil,
        at gateway: (any PaymentGateway)? = nil
    ) -> Process {
        let environment = ServiceEnvironment(
            store: store ?? self.store,
            codec: .json,
            identifiers: SeededIdentifiers(seed: seed),
            wallClock: clock.wall
        )
        let inventory = inventory ?? self.inventory
        return Process(
            orders: Orders(in: environment, gateway: gateway ?? self.gateway, inventory: inventory),
            shipments: Shipments(in: environment, inventory: inventory)
        )
    }

    /// Packs units of the cups' order, and registers a waybill.
    func pack(_ id: ShipmentID, _ units: [OrderUnits], of order: OrderID = cupsOrder) async throws {
        try await shipments.create(id, of: order, units, by: Self.cupsSeller, key: "pack")
        let waybill = Waybill(carrier: "cj", trackingNumber: "1")
        try await shipments.registerWaybill(waybill, for: id, by: Self.cupsSeller, key: "waybill")
    }

    /// Sends units of the cups' order.
    func send(_ id: ShipmentID, _ units: [OrderUnits], of order: OrderID = cupsOrder) async throws {
        try await pack(id, units, of: order)
        try await shipments.handOver(id, by: Self.cupsSeller, key: "hand over")
    }

    /// Checks that the cups on hand, and what is promised of them, are what orders say.
    func expectStockFollows(
        _ ids: [OrderID] = [cupsOrder],
        initially count: Int64 = 10,
        taken others: Int64 = 0,
        _ place: String = "",
        _ location: SourceLocation = #_sourceLocation
    ) async throws {
        var (onHand, allocated) = (count, others)
        for id in ids {
            let order = try await order(id)
            #expect(!order.owesStock, "\(place)", sourceLocation: location)
            for (line, units) in zip(order.lines, order.units) where line.sku == "cup" {
                onHand -= Int64(units.handedOver)
                allocated += Int64(units.setAside)
            }
            for content in order.parcels.values.filter(\.isBackInStock).flatMap(\.units)
            where order.lines[content.lineIndex].sku == "cup" {
                onHand += Int64(content.units)
            }
        }
        clock.advance(by: .hours(1))
        _ = try inventory.expire(dueBy: clock.wall.now, limit: 100)
        let stock = try #require(try await inventory.stock(of: "cup"))
        #expect(stock.onHand == onHand, "on hand, \(place)", sourceLocation: location)
        #expect(stock.allocated == allocated, "allocated, \(place)", sourceLocation: location)
        #expect(stock.held == 0, "held, \(place)", sourceLocation: location)
        #expect(stock.damaged == 0 && stock.unpromised >= 0, "\(place)", sourceLocation: location)
    }
}
