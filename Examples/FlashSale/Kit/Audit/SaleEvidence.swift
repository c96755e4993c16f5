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
    /// The orders that the listed sagas are of.
    package var sagaOrders: Set<OrderID> = []
    /// What was acknowledged, as whoever was told has written it down; nil when nobody did.
    package var acknowledged: Set<AcknowledgedFile.Line>?

    /// No evidence at all.
    package init() {}

    /// How much was read.
    package var movementCount: Int { movements.values.reduce(0) { $0 + $1.count } }
}

extension SaleEvidence {
    /// Reads everything a shop has kept of a sale.
    package init(from shop: Shop, offers: [Offer], acknowledged: AcknowledgedFile? = nil) async throws {
        try await readInventory(shop.inventory, offers)
        gatewayEntries = try shop.bank.entries()
        try await readFeed(of: shop.store)
        try await shop.checkout.sagas.forEachSaga { saga in
            sagaCounts[saga.status, default: 0] += 1
            if let order = OrderID(saga.key.text) { sagaOrders.insert(order) }
        }
        self.acknowledged = acknowledged?.lines
    }

    private mutating func readInventory(_ inventory: any InventoryStore, _ offers: [Offer]) async throws {
        var cursor = MovementCursor.start
        while true {
            let slice = try await inventory.movements(after: cursor, limit: InventoryLimits.pageSize)
            missedMovementCount += slice.missedCount
            if slice.movements.isEmpty { break }
            for movement in slice.movements { movements[movement.sku, default: []].append(movement) }
            cursor = slice.next
        }
        levels = try await inventory.stock(of: offers.map(\.sku))
        var last: ReservationID?
        repeat {
            let slice = try await inventory.openReservations(after: last, limit: InventoryLimits.pageSize)
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
}
