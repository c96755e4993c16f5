import MarketplaceCore
import MarketplaceDomain
public import MarketplaceInventory
public import MarketplacePorts
import MarketplaceStorage

/// The three participants of a purchase that is paid first, in one process.
///
/// ```swift
/// let purchases = PayFirstChoreography(
///     orders: ParticipantContext(store: orderStore, bus: bus, codec: .json, identifiers: identifiers),
///     payments: ParticipantContext(store: paymentStore, bus: bus, codec: .json, identifiers: identifiers),
///     stock: ParticipantContext(store: stockStore, bus: bus, codec: .json, identifiers: identifiers),
///     gateway: gateway,
///     inventory: inventory
/// )
/// try await purchases.orders.place(CheckoutRequest(order: id, buyer: buyer, lines: lines))
/// try await purchases.run()
/// ```
///
/// Nobody directs them: an order is placed, the payments charge it, the stock is taken, the order is confirmed; refused
/// stock is refunded, and the order fails. They share nothing but the bus, so each can be run in a process of its own.
public struct PayFirstChoreography: Sendable {
    /// Keeps the orders.
    public let orders: OrderParticipant
    /// Takes the money and gives it back.
    public let payments: PaymentParticipant
    /// Takes the stock.
    public let stock: StockParticipant

    /// Makes the participants, each over a store of its own.
    ///
    /// - Parameters:
    ///   - orders: What the orders are kept with.
    ///   - payments: What the payments are kept with.
    ///   - stock: What the stock claims are kept with.
    ///   - gateway: Moves the money.
    ///   - inventory: Where stock is taken.
    public init(
        orders: ParticipantContext,
        payments: ParticipantContext,
        stock: ParticipantContext,
        gateway: any PaymentGateway,
        inventory: any InventoryStore
    ) {
        self.orders = OrderParticipant(orders)
        self.payments = PaymentParticipant(payments, gateway: gateway)
        self.stock = StockParticipant(stock, inventory: inventory)
    }

    private var participants: [any ChoreographyParticipant] { [orders, payments, stock] }

    /// Runs all three until drained or cancelled (then it returns), or until one cannot go on.
    public func run() async throws(ParticipantError) {
        try await join()
        let participants = participants
        let failure = await withTaskGroup(of: ParticipantError?.self) { group in
            for participant in participants {
                group.addTask {
                    do throws(ParticipantError) { try await participant.run() } catch { return error }
                    return nil
                }
            }
            var first: ParticipantError?
            for await failure in group {
                if failure != nil { group.cancelAll() }
                first = first ?? failure
            }
            return first
        }
        if let failure { throw failure }
    }

    /// Lets ``run()`` finish what is in hand and return, and waits for that.
    public func drain() async {
        for participant in participants { await participant.drain() }
    }

    /// Publishes and consumes until nothing moves any more, and returns how many messages that were.
    ///
    /// Messages that are to be delivered again later are not waited for.
    @discardableResult
    public func catchUp() async throws(ParticipantError) -> Int {
        try await join()
        var total = 0
        while true {
            var count = 0
            for participant in participants { count += try await participant.catchUp() }
            if count == 0 { return total }
            total += count
        }
    }

    private func join() async throws(ParticipantError) {
        do throws(MessageBusError) {
            for participant in participants { try await participant.join() }
        } catch {
            throw .bus(error)
        }
    }
}
