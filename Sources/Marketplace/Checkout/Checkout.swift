public import MarketplaceCore
import MarketplaceCoupons
public import MarketplaceInventory
public import MarketplacePorts
public import MarketplaceSagas
public import MarketplaceStorage

/// Buys what a buyer has chosen: stock and money are taken, or neither is.
///
/// ```swift
/// let checkout = Checkout(
///     store: store, inventory: inventory, gateway: gateway, codec: .json, identifiers: identifiers
/// )
/// switch try await checkout.place(CheckoutRequest(order: id, buyer: buyer, lines: lines)) {
/// case .confirmed(let purchase): print("paid \(purchase.total)")
/// case .refused(let refusal): print(refusal)
/// case .stuck(let stuck): print("an operator must look at \(stuck)")
/// }
/// ```
///
/// ``CheckoutConfiguration/flow`` says what comes first. ``CheckoutFlow/reserveFirst``: price the order, create it,
/// reserve the stock with a deadline, hold coupons and limits with one, authorize the payment, allocate the stock (it
/// loses its deadline, so that nothing can take it away any more), redeem the coupons, capture the payment, confirm the
/// order. The capture is the point of no return. ``CheckoutFlow/payFirst``: price the order, create it, redeem coupons
/// and limits, charge, take the stock, confirm the order. Taking the stock is the point of no return. A purchase
/// without promotions has no step of theirs. In both, whatever fails before that point is undone in reverse order,
/// whatever fails after it is tried until it succeeds.
public struct Checkout: Sendable {
    /// What the checkout does, step by step.
    public let definition: SagaDefinition<CheckoutState>
    /// Moves the money of the checkouts, and whatever else is captured, set free or given back: the one place that talks
    /// to the gateway.
    public let payments: Payments
    /// Drives the checkouts.
    public let sagas: SagaCoordinator

    /// The name of the sagas of both flows: one, so that an order is bought once, whatever the flow.
    static let name = "checkout"

    private let otherDefinition: SagaDefinition<CheckoutState>
    private let timeLimit: Duration?
    let wallClock: any WallClock
    private let codec: any PayloadCodec
    let pricing: PricingDesk
    let orders: OrderDesk
    let coupons: CouponDesk

    /// A checkout over a store, an inventory and a payment gateway.
    ///
    /// - Parameters:
    ///   - store: Where orders, payments and the journals of checkouts are kept.
    ///   - inventory: Where stock is set aside.
    ///   - gateway: Moves the money.
    ///   - codec: How what is stored is written and read.
    ///   - identifiers: Where the ids of sagas and events come from.
    ///   - methods: The saved payment methods, for tenders that charge one.
    ///   - pricing: Where promotions come from, and how they are computed.
    ///   - configuration: Its bounds and policies.
    ///   - randomness: Where the jitter of retries comes from.
    ///   - wallClock: The time that is recorded, and that holds are reckoned by.
    ///   - clock: Measures time-outs and pauses.
    ///   - observer: Is told of every transition.
    public init(
        store: any Store,
        inventory: any InventoryStore,
        gateway: any PaymentGateway,
        codec: any PayloadCodec,
        identifiers: any IdentifierSource,
        methods: PaymentMethods? = nil,
        pricing: CheckoutPricing = CheckoutPricing(),
        configuration: CheckoutConfiguration = CheckoutConfiguration(),
        randomness: any RandomSource = SystemRandomSource(),
        wallClock: any WallClock = .system,
        clock: any Clock<Duration> = .continuous,
        observer: any Observer = .silent
    ) {
        self.codec = codec
        self.wallClock = wallClock
        timeLimit = configuration.timeLimit
        let orders = OrderDesk(OrderArchive(store: store, codec: codec, identifiers: identifiers))
        let stock = StockDesk(inventory, holdDuration: configuration.holdDuration)
        let environment = ServiceEnvironment(
            store: store,
            codec: codec,
            identifiers: identifiers,
            wallClock: wallClock,
            observer: observer
        )
        payments = Payments(
            in: environment,
            gateway: gateway,
            methods: methods,
            configuration: configuration.payments
        )
        let desk = PaymentDesk(payments)
        let redemptions = CouponRedemptions(store: store, codec: codec, configuration: configuration.redemptions)
        let prices = PricingDesk(pricing: pricing, redemptions: redemptions)
        let coupons = CouponDesk(
            redemptions: redemptions,
            restoring: pricing.restoring,
            holdDuration: configuration.holdDuration
        )
        self.pricing = prices
        self.orders = orders
        self.coupons = coupons
        let reserveFirst = Self.reserveFirst(
            orders: orders,
            stock: stock,
            payments: desk,
            pricing: prices,
            coupons: coupons,
            configuration: configuration
        )
        let payFirst = Self.payFirst(
            orders: orders,
            stock: stock,
            payments: desk,
            pricing: prices,
            coupons: coupons,
            configuration: configuration
        )
        // Both are registered, so that purchases that began under the other flow are carried on.
        switch configuration.flow {
        case .reserveFirst: (definition, otherDefinition) = (reserveFirst, payFirst)
        case .payFirst: (definition, otherDefinition) = (payFirst, reserveFirst)
        }
        sagas = SagaCoordinator(
            store: store,
            codec: codec,
            identifiers: identifiers,
            definitions: [SagaRegistration(reserveFirst), SagaRegistration(payFirst)],
            configuration: configuration.sagas,
            randomness: randomness,
            wallClock: wallClock,
            clock: clock,
            observer: observer
        )
    }

    /// Buys what is asked for, and waits for the end.
    ///
    /// The order's id names the purchase: placing the same request again returns how the first one ended, and buys
    /// nothing. The request has to be the very same, the facts about the buyer in its purchase as well: keep it with the
    /// order's id until the end is known. The cancellation of the calling task ends the wait, not the purchase.
    ///
    /// A purchase that another process began and left is waited for until somebody carries it on: a worker (``run()``)
    /// or ``recover()``.
    ///
    /// - Parameter request: What is bought by whom.
    /// - Returns: How it ended.
    /// - Throws: ``CheckoutError/invalid(_:)`` when the request can never be bought; another error when the purchase
    ///   could not be started or its end is not known here.
    public func place(_ request: CheckoutRequest) async throws(CheckoutError) -> CheckoutOutcome {
        let state = try CheckoutState(request)
        do throws(SagaError) {
            return CheckoutOutcome(try await outcome(state), codec: codec)
        } catch {
            throw .saga(error)
        }
    }

    private func outcome(_ state: CheckoutState) async throws(SagaError) -> SagaOutcome<CheckoutState> {
        let handle = try await start(definition, state)
        do throws(SagaError) {
            return try await handle.outcome()
        } catch .changedDefinition where !handle.isNew {
            // It began under the other flow, before this process was configured for this one.
            return try await start(otherDefinition, state).outcome()
        }
    }

    /// Carries on the purchases an earlier process left unfinished; see ``SagaCoordinator/recover()``.
    ///
    /// - Returns: Which are on their way again, and which could not be carried on.
    /// - Throws: ``SagaError/store(_:)`` when the list cannot be read.
    public func recover() async throws(SagaError) -> SagaCoordinator.Recovery {
        try await sagas.recover()
    }

    /// Works until it is drained or cancelled, as one of any number of workers; see ``SagaCoordinator/run()``.
    public func run() async throws(SagaError) {
        try await sagas.run()
    }

    /// Takes no new purchases, and waits for those that are on their way here.
    public func drain() async {
        await sagas.drain()
    }

    /// Starts to buy what is asked for, without waiting for the end.
    ///
    /// - Parameter request: What is bought by whom.
    /// - Returns: A handle by which the end can be waited for.
    /// - Throws: As ``place(_:)``.
    public func start(_ request: CheckoutRequest) async throws(CheckoutError) -> SagaHandle<CheckoutState> {
        let state = try CheckoutState(request)
        do throws(SagaError) {
            return try await start(definition, state)
        } catch {
            throw .saga(error)
        }
    }

    private func start(
        _ definition: SagaDefinition<CheckoutState>,
        _ state: CheckoutState
    ) async throws(SagaError) -> SagaHandle<CheckoutState> {
        try await sagas.start(
            definition,
            state,
            key: SagaKey(state.order),
            deadline: timeLimit.map { wallClock.now.advanced(by: $0) }
        )
    }
}
