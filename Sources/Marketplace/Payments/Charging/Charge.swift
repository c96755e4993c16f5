import MarketplaceCore
import MarketplaceDomain

/// The money that one payment takes for a purchase: set aside, taken, and given back when it comes to nothing.
struct Charge: Sendable, Hashable {
    let payment: PaymentID
    let order: OrderID
    let buyer: MemberID
    let amount: Money
    /// The saved method that is charged; nil when the gateway knows what to charge.
    var method: PaymentMethodID?

    /// What is recorded before anything else.
    var beginning: PaymentAction {
        .create(id: payment, order: order, buyer: buyer, amount: amount)
    }
}

extension [PaymentAction] {
    /// The actions as commands of the system.
    func commands(at time: Timestamp) -> [Payment.Command] {
        map { ActorCommand($0, by: .system, at: time) }
    }
}
