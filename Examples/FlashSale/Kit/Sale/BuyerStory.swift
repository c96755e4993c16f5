package import Marketplace

/// What became of a buyer.
package struct BuyerStory: Sendable {
    /// How a buyer ended.
    package enum End: Sendable, Hashable {
        /// With a unit, at least.
        case bought
        /// Without, as none was left and nobody could set one free any more.
        case soldOut
        /// Without, as the payment was refused.
        case paymentRefused
        /// Without, for another reason, which the last attempt tells.
        case other
    }

    /// The buyer.
    package let buyer: Buyer
    /// The tries, in their order.
    package var attempts: [Attempt] = []
    /// How it ended.
    package var end = End.other
    /// How long the buyer stood in the line, all stays together.
    package var waited = Duration.zero
    /// Whether the buyer stood in the line.
    package var hasWaited = false
}

/// What became of somebody who walks away.
package struct WalkerStory: Sendable {
    /// The number, from 0.
    package let number: Int
    /// The number of the SKU.
    package let offer: Int
    /// The hold.
    package let reservation: ReservationID
    /// When the hold was asked for.
    package let began: Moment
    /// When the answer came.
    package let answered: Moment
    /// When the hold was found ended; nil when there was none.
    package let ended: Moment?
    /// Whether an earlier process had asked for the hold.
    package var isRepeated = false
}
