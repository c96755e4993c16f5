public import MarketplaceCore
public import MarketplaceDomain
public import MarketplaceStorage

/// Keeps the orders of a choreographed purchase: places them, and confirms or fails them by what the others tell.
///
/// It publishes the events of orders on the topic `order`. Stock that was taken confirms an order; a payment that came
/// to nothing, and the refund that follows refused stock, fail it.
public struct OrderParticipant: ChoreographyParticipant {
    /// What joins it to the bus.
    public let link: ParticipantLink

    private let orders: Repository<Order>
    private let wallClock: any WallClock

    /// Makes the participant over its own store.
    public init(_ context: ParticipantContext) {
        let orders: Repository<Order> = context.repository()
        let payments = EventReader<PaymentEvent>(codec: context.codec)
        let claims = EventReader<StockClaimEvent>(codec: context.codec)
        self.orders = orders
        wallClock = context.wallClock
        let clock = context.wallClock
        link = ParticipantLink(
            "choreography-orders",
            publishing: .orders,
            consuming: [.payments, .stockClaims],
            context
        ) { message, transaction in
            let action: (order: OrderID, move: OrderAction)?
            if message.topic == .payments {
                action = Self.action(after: try payments.read(message))
            } else {
                action = Self.action(after: try claims.read(message))
            }
            guard let (order, move) = action else { return }
            let command = ActorCommand(move, by: .system, at: clock.now)
            try await orders.add(to: &transaction, on: order, key: .part("end", of: order)) { _ in [command] }
        }
    }

    /// Places an order; the others do the rest.
    ///
    /// Placing the same request again changes nothing. An order that comes to zero is failed at once: there is nothing
    /// to pay.
    ///
    /// - Parameter request: What is bought by whom; its order's id names the purchase.
    /// - Returns: The order as it is now.
    /// - Throws: The rejection of an order that cannot exist, or why it could not be recorded.
    @discardableResult
    public func place(_ request: CheckoutRequest) async throws(RepositoryError<OrderRejection>) -> Order {
        let now = wallClock.now
        let create = OrderAction.create(id: request.order, buyer: request.buyer, lines: request.lines)
        let commands = [ActorCommand(create, by: .buyer(request.buyer), at: now)]
        let fail = ActorCommand(OrderAction.fail(.other), by: .system, at: now)
        let isFree = (try? CheckoutState(request))?.total.isPositive == false
        return try await orders.handle(on: request.order, key: .part("place", of: request.order), at: now) { _ in
            isFree ? commands + [fail] : commands
        }.root
    }

    /// The order as it is now: pending until the others have told how it went.
    public func order(_ id: OrderID) async throws(RepositoryError<OrderRejection>) -> Order {
        try await orders.load(id).root
    }

    private static func action(after event: PaymentEvent?) -> (OrderID, OrderAction)? {
        switch event {
        case .failed(let failed): (failed.orderID, .fail(.paymentRefused))
        // A purchase takes all or nothing: what was set free was not taken.
        case .voided(let voided): (voided.orderID, .fail(.paymentRefused))
        case .refundCompleted(let refund) where refund.key == Payments.purchaseRefund(of: refund.paymentID):
            (refund.orderID, .fail(.outOfStock))
        default: nil
        }
    }

    private static func action(after event: StockClaimEvent?) -> (OrderID, OrderAction)? {
        if case .taken(let taken) = event { (taken.orderID, .confirm) } else { nil }
    }
}
