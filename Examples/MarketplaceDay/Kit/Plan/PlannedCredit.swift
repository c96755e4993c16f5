package import Marketplace

/// Store credit that somebody will be given.
package struct PlannedCredit: Sendable, Hashable {
    /// How it comes to them.
    package enum Source: Sendable, Hashable {
        /// The operator gives it.
        case grant
        /// They redeem a gift card.
        case giftCard
    }

    /// On which day, from 0.
    package let day: Int
    /// To whom, by number.
    package let member: Int
    /// How much.
    package let amount: Money
    /// How.
    package let source: Source
    /// After how many days it expires, in the evening; nil when it does not.
    package let lastsForDays: Int?
}
