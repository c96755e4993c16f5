package import Marketplace

/// What is left behind by a sale, read back from where it is kept and not from those who took part.
package struct SaleEvidence: Sendable {
    /// The movements of each SKU, in their order.
    package var movements: [SKU: [StockMovement]] = [:]
    /// How many movements had been forgotten before they were read.
    package var missedMovementCount: UInt64 = 0
    /// The levels of all SKUs on offer.
    package var levels: [SKU: SKUStock] = [:]
    /// The reservations that have not ended.
    package var openReservations: [Reservation] = []
    /// The gateway's own record.
    package var gatewayEntries: [GatewayRecordEntry] = []
    /// The orders, from their events.
    package var orders: [OrderID: Order] = [:]
    /// The payments, from their events.
    package var payments: [PaymentID: Payment] = [:]
    /// How many sagas of each status the store lists.
    package var sagaCounts: [SagaStatus: Int] = [:]

    /// No evidence at all.
    package init() {}

    /// How much was read.
    package var movementCount: Int { movements.values.reduce(0) { $0 + $1.count } }
}

extension SaleEvidence {
    /// Reads everything a shop has kept of a sale.
    package init(from shop: Shop, offers: [Offer]) async throws {
        try readInventory(shop.inventory, offers)
        gatewayEntries = try shop.bank.entries()
        try await readFeed(of: shop.store)
        for status in SagaStatus.allCases {
            sagaCounts[status] = try await Self.count(status, in: shop.checkout.sagas)
        }
    }

    private mutating func readInventory(_ inventory: InMemoryInventory, _ offers: [Offer]) throws {
        var cursor = MovementCursor.start
        while true {
            let slice = try inventory.movements(after: cursor, limit: InventoryLimits.pageSize)
            missedMovementCount += slice.missedCount
            if slice.movements.isEmpty { break }
            for movement in slice.movements { movements[movement.sku, default: []].append(movement) }
            cursor = slice.next
        }
        levels = try inventory.stock(of: offers.map(\.sku))
        var last: ReservationID?
        repeat {
            let slice = try inventory.openReservations(after: last, limit: InventoryLimits.pageSize)
            openReservations += slice.reservations
            last = slice.next
        } while last != nil
    }

    private mutating func readFeed(of store: some Store) async throws {
        let orderReader = EventReader(OrderEvent.self, codec: .json)
        let paymentReader = EventReader(PaymentEvent.self, codec: .json)
        let categories = [Order.category, Payment.category].compactMap { try? StreamCategory($0) }
        var foundOrders: [StreamID: Order] = [:]
        var foundPayments: [StreamID: Payment] = [:]
        var position = FeedPosition.start
        var isCaughtUp = false
        while !isCaughtUp {
            let slice = try await store.events(
                after: position,
                matching: .categories(Set(categories)),
                limit: StoreLimits.pageSize
            )
            for event in slice.events {
                if event.stream.category == categories.first {
                    foundOrders[event.stream, default: Order()].apply(try orderReader.read(event))
                } else {
                    foundPayments[event.stream, default: Payment()].apply(try paymentReader.read(event))
                }
            }
            position = slice.position
            isCaughtUp = slice.isCaughtUp
        }
        for order in foundOrders.values { if let id = order.id { orders[id] = order } }
        for payment in foundPayments.values { if let id = payment.id { payments[id] = payment } }
    }

    private static func count(_ status: SagaStatus, in sagas: SagaCoordinator) async throws -> Int {
        var query = SagaQuery(status: status, limit: SagaQuery.maximumLimit)
        var count = 0
        while true {
            let page = try await sagas.list(query)
            count += page.sagas.count
            guard let next = page.next else { return count }
            query = query.continued(after: next)
        }
    }
}
