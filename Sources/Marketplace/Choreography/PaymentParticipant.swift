import MarketplaceCore
import MarketplaceDomain
public import MarketplacePorts
import MarketplaceStorage

/// Takes the money for orders that were placed, and gives it back when their stock is refused.
///
/// It publishes the events of payments on the topic `payment`. The gateway is asked before anything is recorded, under
/// keys that follow from the order alone: when this process dies in between, the message comes again, the gateway gives
/// its first answer, and that is recorded then. A refusal is recorded as such; after any other error the message is
/// delivered again, and becomes a dead letter when that does not help: nobody guesses about money.
public struct PaymentParticipant: ChoreographyParticipant {
    /// What joins it to the bus.
    public let link: ParticipantLink

    /// Makes the participant over its own store.
    ///
    /// - Parameters:
    ///   - context: Its store, the bus and the rest.
    ///   - gateway: Moves the money.
    public init(_ context: ParticipantContext, gateway: any PaymentGateway) {
        let desk = Desk(
            payments: context.repository(),
            charges: ChargeGateway(gateway: gateway),
            wallClock: context.wallClock
        )
        let orders = EventReader<OrderEvent>(codec: context.codec)
        let claims = EventReader<StockClaimEvent>(codec: context.codec)
        link = ParticipantLink(
            "choreography-payments",
            publishing: .payments,
            consuming: [.orders, .stockClaims],
            context
        ) { message, transaction in
            if message.topic == .orders {
                guard case .created(let placed) = try orders.read(message), placed.total.isPositive else { return }
                try await desk.take(Charge(placed), &transaction)
            } else {
                guard case .refused(let refused) = try claims.read(message) else { return }
                try await desk.giveBack(refused.orderID, &transaction)
            }
        }
    }

    private struct Desk: Sendable {
        let payments: Repository<Payment>
        let charges: ChargeGateway
        let wallClock: any WallClock

        func take(_ charge: Charge, _ transaction: inout Transaction) async throws {
            let actions: (Payment) -> [PaymentAction]
            do throws(PaymentGatewayError) {
                let receipt = try await charges.take(charge)
                actions = { charge.taken(receipt, given: $0) }
            } catch {
                guard error.effect == .refused else { throw error }
                actions = charge.declined
            }
            try await record(actions, of: charge, key: charge.captureKey, &transaction)
        }

        func giveBack(_ order: OrderID, _ transaction: inout Transaction) async throws {
            let payment = PaymentID(bits: order.bits)
            guard let begun = try await payments.load(payment).root.begun else {
                throw Refused("the stock of order \(order) was refused, and nothing was ever paid for it")
            }
            let charge = Charge(order: order, buyer: begun.buyerID, amount: begun.amount)
            let receipt = try await charges.giveBack(charge)
            let actions: (Payment) -> [PaymentAction] = { charge.givenBack(receipt, given: $0) }
            try await record(actions, of: charge, key: charge.refundKey, &transaction)
        }

        private func record(
            _ actions: (Payment) -> [PaymentAction],
            of charge: Charge,
            key: IdempotencyKey,
            _ transaction: inout Transaction
        ) async throws {
            let now = wallClock.now
            try await payments.add(to: &transaction, on: charge.payment, key: key) { payment in
                actions(payment).commands(at: now)
            }
        }
    }
}

extension Charge {
    /// The charge of an order that was placed.
    fileprivate init(_ placed: OrderCreated) {
        self.init(order: placed.orderID, buyer: placed.buyerID, amount: placed.total)
    }
}
