package import Marketplace

/// Everything that goes on behind the API: purchases, their sagas, the lists of orders, sweeps.
package struct MarketWorker: Sendable {
    /// How many cups there are in the beginning.
    package static let stock = 10_000
    /// What one costs.
    package static let price = Money(minorUnits: 1_250, .krw)
    static let cup: SKU = "cup"

    /// How many purchases are under way at the same time.
    private static let width = 32
    /// How long it waits when nothing is to be done.
    private static let pause = Duration.milliseconds(50)
    /// How often it sweeps, in rounds.
    private static let sweepRounds = 100

    package let book: WishBook
    package let environment: ServiceEnvironment
    package let inventory: StoreInventory
    private let checkout: Checkout
    private let orders: Orders

    /// The worker over a store; the gateway stands for another company.
    package init(_ environment: ServiceEnvironment, gateway: any PaymentGateway) {
        self.environment = environment
        book = WishBook(environment)
        inventory = StoreInventory(store: environment.store, codec: environment.codec)
        checkout = Checkout(
            store: environment.store,
            inventory: inventory,
            gateway: gateway,
            codec: environment.codec,
            identifiers: environment.identifiers,
            configuration: CheckoutConfiguration(
                sagas: SagaConfiguration(lease: .seconds(1), pollInterval: .milliseconds(200))
            )
        )
        orders = Orders(in: environment, gateway: gateway, inventory: inventory, checkout: checkout)
    }

    /// Works until it is cancelled, or until nothing is left to do.
    ///
    /// Whatever an earlier worker left is taken over: its sagas when it was silent for a lease, its wishes at once.
    package func run(untilIdle: Bool) async throws {
        // The same movement again changes nothing.
        let stock = try Quantity(Self.stock)
        try await inventory.record(
            .restock(id: MovementID(bits: 1), sku: Self.cup, quantity: stock, at: environment.wallClock.now)
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await checkout.run() }
            group.addTask { try await work(untilIdle: untilIdle) }
            // The work is what ends; what drives sagas is drained after it.
            if untilIdle {
                while !Task.isCancelled, try await !book.waiting(limit: 1).isEmpty {
                    try await Task.sleep(for: Self.pause)
                }
                await checkout.drain()
            }
            try await group.waitForAll()
        }
        try await orders.catchUp()
    }

    private func work(untilIdle: Bool) async throws {
        var round = 0
        while !Task.isCancelled {
            let wishes = try await book.waiting(limit: Self.width)
            if wishes.isEmpty, untilIdle { return }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for wish in wishes { group.addTask { try await buy(wish) } }
                try await group.waitForAll()
            }
            round += 1
            if round % Self.sweepRounds == 0 { _ = try await orders.sweep() }
            if wishes.isEmpty { try await Task.sleep(for: Self.pause) }
        }
    }

    private func buy(_ wish: PurchaseWish) async throws {
        let line = OrderLine(sku: Self.cup, quantity: wish.units, unitPrice: Self.price)
        // The order names the purchase: one that an earlier worker began is not begun a second time.
        let request = CheckoutRequest(order: wish.order, buyer: wish.buyer, lines: [line])
        switch try await checkout.place(request) {
        case .confirmed: try await book.answer(wish, WishBook.bought)
        case .refused(let refusal): try await book.answer(wish, "refused: \(refusal)")
        case .stuck(let stuck): try await book.answer(wish, "an operator must decide: \(stuck)")
        }
    }
}
