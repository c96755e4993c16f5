public import MarketplaceCore
public import MarketplaceInventory
public import MarketplacePorts
public import MarketplaceSagas
public import MarketplaceStorage

/// Buys what a buyer has chosen: stock is set aside, the money is set aside, and only then is either taken.
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
/// The order of steps: create the order, reserve the stock with a deadline, authorize the payment, allocate the stock
/// (it loses its deadline, so that nothing can take it away any more), capture the payment, confirm the order. The
/// capture is the point of no return: whatever fails before it is undone in reverse order, whatever fails after it is
/// tried until it succeeds.
public struct Checkout: Sendable {
    /// What the checkout does, step by step.
    public let definition: SagaDefinition<CheckoutState>
    /// Drives the checkouts.
    public let sagas: SagaCoordinator

    private let codec: any PayloadCodec

    /// A checkout over a store, an inventory and a payment gateway.
    ///
    /// - Parameters:
    ///   - store: Where orders, payments and the journals of checkouts are kept.
    ///   - inventory: Where stock is set aside.
    ///   - gateway: Moves the money.
    ///   - codec: How what is stored is written and read.
    ///   - identifiers: Where the ids of sagas and events come from.
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
        configuration: CheckoutConfiguration = CheckoutConfiguration(),
        randomness: any RandomSource = SystemRandomSource(),
        wallClock: any WallClock = .system,
        clock: any Clock<Duration> = .continuous,
        observer: any Observer = .silent
    ) {
        self.codec = codec
        definition = Self.definition(
            orders: OrderDesk(Repository(in: store, codec: codec, identifiers: identifiers), codec: codec),
            stock: StockDesk(inventory, holdDuration: configuration.holdDuration),
            payments: PaymentDesk(Repository(in: store, codec: codec, identifiers: identifiers), gateway: gateway),
            configuration: configuration
        )
        sagas = SagaCoordinator(
            store: store,
            codec: codec,
            identifiers: identifiers,
            definitions: [SagaRegistration(definition)],
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
    /// nothing. The cancellation of the calling task ends the wait, not the purchase.
    ///
    /// - Parameter request: What is bought by whom.
    /// - Returns: How it ended.
    /// - Throws: ``CheckoutError/invalid(_:)`` when the request can never be bought; another error when the purchase
    ///   could not be started or its end is not known here.
    public func place(_ request: CheckoutRequest) async throws(CheckoutError) -> CheckoutOutcome {
        let handle = try await start(request)
        do throws(SagaError) {
            return CheckoutOutcome(try await handle.outcome(), codec: codec)
        } catch {
            throw .saga(error)
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
            return try await sagas.start(definition, state, key: SagaKey(request.order))
        } catch {
            throw .saga(error)
        }
    }
}
