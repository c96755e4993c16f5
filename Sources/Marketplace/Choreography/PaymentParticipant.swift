import MarketplaceCore
import MarketplaceDomain
public import MarketplacePorts
import MarketplaceStorage

/// Takes the money for orders that were placed, and gives it back when their stock is refused.
///
/// It publishes the events of payments on the topic `payment`. ``Payments`` asks the gateway under keys that follow from
/// the order alone, and records before and after: when this process dies in between, the message comes again, and what
/// was begun is carried on. A refusal is recorded as such; after any other error the message is delivered again, and
/// becomes a dead letter when that does not help: nobody guesses about money.
public struct PaymentParticipant: ChoreographyParticipant {
    /// What joins it to the bus.
    public let link: ParticipantLink

    /// Makes the participant over its own store.
    ///
    /// - Parameters:
    ///   - context: Its store, the bus and the rest.
    ///   - gateway: Moves the money.
    public init(_ context: ParticipantContext, gateway: any PaymentGateway) {
        let environment = ServiceEnvironment(
            store: context.store,
            codec: context.codec,
            identifiers: context.identifiers,
            wallClock: context.wallClock,
            observer: context.observer
        )
        let payments = Payments(in: environment, gateway: gateway)
        let orders = EventReader<OrderEvent>(codec: context.codec)
        let claims = EventReader<StockClaimEvent>(codec: context.codec)
        link = ParticipantLink(
            "choreography-payments",
            publishing: .payments,
            consuming: [.orders, .stockClaims],
            context
        ) { message, _ in
            if message.topic == .orders {
                guard case .created(let placed) = try orders.read(message), placed.total.isPositive else { return }
                try await payments.charge(Charge(placed))
            } else {
                guard case .refused(let refused) = try claims.read(message) else { return }
                try await payments.giveBack(refused.orderID)
            }
        }
    }
}

extension Payments {
    /// Takes the money of an order; a refusal is what the payment tells the others.
    fileprivate func charge(_ charge: Charge) async throws {
        do throws(PaymentError) {
            _ = try await holdAndTake(charge)
        } catch {
            guard case .refusedByGateway = error else { throw error }
        }
    }

    /// Gives the money of an order back.
    fileprivate func giveBack(_ order: OrderID) async throws {
        let payment = PaymentID(bits: order.bits)
        guard let begun = try await load(payment).begun else {
            throw Refused("the stock of order \(order) was refused, and nothing was ever paid for it")
        }
        try await giveBack(Charge(payment: payment, order: order, buyer: begun.buyerID, amount: begun.amount))
    }
}

extension PaymentError: StoreFailing {
    var storeError: StoreError? {
        if case .failed(let error) = self { error } else { nil }
    }
}

extension Charge {
    /// The charge of an order that was placed.
    fileprivate init(_ placed: OrderCreated) {
        self.init(
            payment: PaymentID(bits: placed.orderID.bits),
            order: placed.orderID,
            buyer: placed.buyerID,
            amount: placed.total
        )
    }
}
