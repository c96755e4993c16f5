package import Marketplace

/// Somebody who will buy, and what will come of it.
package struct PlannedPurchase: Sendable, Hashable {
    /// What is bought of one product.
    package struct Line: Sendable, Hashable {
        /// The product, by number.
        package let product: Int
        /// How many units.
        package let quantity: Int
    }

    /// By what it is paid.
    package enum Payment: Sendable, Hashable {
        /// By the gateway alone.
        case gateway
        /// By the store credit there is, or so much of it at most, and the rest by the gateway.
        case storeCredit(upToMinor: Int64? = nil)
    }

    /// What becomes of an order that is paid for.
    package enum Fate: Sendable, Hashable {
        /// It is delivered and kept.
        case kept
        /// It is called off before the seller looks at it.
        case canceledAtOnce
        /// It is called off while the seller packs it.
        case canceledWhilePacked
        /// The buyer tries to call it off when it has left.
        case canceledTooLate
        /// Its parcel is lost.
        case lost
        /// One unit of its first line comes back so many days after the delivery.
        case oneUnitReturned(afterDays: Int)
        /// All of it comes back so many days after the delivery.
        case allReturned(afterDays: Int)
        /// All of it comes back so many days after the delivery, for something that costs more, or less.
        case exchanged(afterDays: Int, forDearer: Bool)
        /// One unit of its first line turns out to be broken so many days after the delivery.
        case broken(afterDays: Int)

        /// How many days after the delivery the buyer asks for something; nil when they do not.
        var afterDays: Int? {
            switch self {
            case .kept, .canceledAtOnce, .canceledWhilePacked, .canceledTooLate, .lost: nil
            case .oneUnitReturned(let days), .allReturned(let days), .exchanged(let days, _), .broken(let days): days
            }
        }
    }

    /// On which day, from 0.
    package let day: Int
    /// At which minute of that day.
    package let minute: Int
    /// Who buys, by number.
    package let member: Int
    /// What is bought.
    package let lines: [Line]
    /// The code that is entered, if one is.
    package let code: CouponCode?
    /// By what it is paid.
    package let payment: Payment
    /// Whether what is given back of it is to become store credit.
    package let isRefundedAsCredit: Bool
    /// What goes wrong with the payment, if something does.
    package let trouble: GatewayTrouble?
    /// What becomes of its orders.
    package let fate: Fate
}
