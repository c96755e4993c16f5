public import MarketplaceCore
public import MarketplaceDomain
public import MarketplaceInventory
public import MarketplacePorts
public import MarketplaceStorage

/// What can be done with orders once they are placed: called off, changed, looked up, listed, ended in time.
///
/// ```swift
/// let orders = Orders(in: environment, gateway: gateway, inventory: inventory)
/// try await orders.cancel(order, because: .buyerRequest, by: .buyer(member), key: key)
/// ```
///
/// Every command takes a key: repeated with the same key it changes nothing. What it makes the order owe, money and
/// stock, is settled right after it is recorded, and again by ``sweep(limit:)`` when that did not come through: each
/// refund has a key of its own, so it is given once, and stock is told in totals.
public struct Orders: Sendable {
    /// The most summaries of one page, and the most orders of one sweep: what one answer and one job run hold.
    public static let pageLimit = 500

    let archive: OrderArchive
    let refunds: OrderRefunds
    let stockDesk: OrderStockDesk
    let checkout: Checkout?
    let wallClock: any WallClock
    let summaries: ProjectionRunner

    /// The orders of an environment.
    ///
    /// - Parameters:
    ///   - environment: Where they are kept, and the time.
    ///   - gateway: Gives money back.
    ///   - inventory: Takes stock back.
    ///   - checkout: The checkout that places orders in this process: it is asked before an unpaid order is given up,
    ///     so that no charge in flight is paid for nothing. Without one, nobody may be placing orders that are older than
    ///     ``Order/paymentPeriod``.
    ///   - signal: What wakes ``run()``; nil to poll.
    public init(
        in environment: ServiceEnvironment,
        gateway: any PaymentGateway,
        inventory: any InventoryStore,
        checkout: Checkout? = nil,
        signal: (any ChangeSignal)? = nil
    ) {
        archive = OrderArchive(environment)
        refunds = OrderRefunds(payments: Payments(in: environment, gateway: gateway))
        stockDesk = OrderStockDesk(
            archive: archive,
            stock: OrderStock(inventory: inventory),
            wallClock: environment.wallClock
        )
        self.checkout = checkout
        wallClock = environment.wallClock
        summaries = ProjectionRunner(
            OrderProjection(archive: archive),
            store: environment.store,
            signal: signal ?? PollingChangeSignal(every: .seconds(1)),
            identifiers: environment.identifiers,
            wallClock: environment.wallClock,
            observer: environment.observer
        )
    }

    /// An order, for whoever has standing in it.
    ///
    /// - Throws: ``OrdersError/unknownOrder(_:)``, ``OrdersError/forbidden(_:)``.
    public func order(_ id: OrderID, by actor: CommandActor) async throws(OrdersError) -> Order {
        let order = try await archive.order(id)
        try check(.readOrder, actor, order)
        return order
    }

    /// The orders that were bought at once, for their buyer, an operator or the system.
    ///
    /// - Throws: ``OrdersError/unknownGroup(_:)``, ``OrdersError/forbidden(_:)``.
    public func group(_ id: OrderGroupID, by actor: CommandActor) async throws(OrdersError) -> OrderGroupCreated {
        guard let group = try await archive.group(id) else { throw .unknownGroup(id) }
        try check(.readOrderHistory, actor, owner: group.buyerID)
        return group
    }

    /// Begins to get an order ready.
    @discardableResult
    public func prepare(
        _ id: OrderID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(OrdersError) -> Order {
        try await archive.handle(.prepare, on: id, by: actor, key: key, at: wallClock.now)
    }

    /// Ends a delivered order well.
    @discardableResult
    public func complete(
        _ id: OrderID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(OrdersError) -> Order {
        try await archive.handle(.complete, on: id, by: actor, key: key, at: wallClock.now)
    }

    /// Takes note that delivered units came back; never more than were delivered.
    @discardableResult
    public func recordReturn(
        of units: OrderUnits,
        in id: OrderID,
        by actor: CommandActor = .system,
        key: IdempotencyKey
    ) async throws(OrdersError) -> Order {
        let action = OrderAction.recordReturn(lineIndex: units.lineIndex, units: units.units)
        return try await archive.handle(action, on: id, by: actor, key: key, at: wallClock.now)
    }

    func check(_ rule: CommandRule, _ actor: CommandActor, _ order: Order) throws(OrdersError) {
        try check(rule, actor, owner: order.placed?.buyerID, seller: order.sellerID)
    }

    func check(
        _ rule: CommandRule,
        _ actor: CommandActor,
        owner: MemberID? = nil,
        seller: SellerID? = nil
    ) throws(OrdersError) {
        do throws(CommandForbidden) {
            try rule.check(actor, owner: owner, seller: seller)
        } catch {
            throw .forbidden(error)
        }
    }
}
