package import Marketplace

/// A moment of a sale, on three scales.
package struct Moment: Sendable, Hashable {
    /// Its place in the order of all moments that were noted, which no clock can confuse.
    package let tick: Int
    /// The time since the sale was prepared.
    package let elapsed: Duration
    /// The wall-clock time.
    package let wallTime: Timestamp
}

/// One try of a buyer to buy.
package struct Attempt: Sendable {
    /// How a try ended.
    package enum Result: Sendable {
        /// The unit is paid for.
        case bought(Money)
        /// It was refused.
        case refused(CheckoutRefusal)
        /// The purchase can go neither forward nor back.
        case stuck(SagaStuck)
        /// It could not be started or followed.
        case failed(CheckoutError)
    }

    /// The order.
    package let order: OrderID
    /// When it began.
    package let began: Moment
    /// When it ended.
    package let ended: Moment
    /// How it ended.
    package let result: Result
    /// Whether an earlier process had begun it: then the buyer was only told of it between these moments.
    package var isRepeated = false
}
