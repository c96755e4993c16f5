public import MarketplaceCore

/// Which part of which payment belongs to which order of one purchase.
///
/// Each payment is allocated over what is still open of the orders, in their order: nothing is prorated and nothing
/// rounded, so the rows of an order add up to what it came to, and those of a payment to what it is.
///
/// ```swift
/// let split = try PaymentSplit([card, credit], over: group.orders)
/// let captured = split.captured(of: order)
/// ```
public struct PaymentSplit: Sendable, Hashable {
    /// One payment of the purchase.
    public struct Tender: Sendable, Hashable {
        /// The payment.
        public let payment: PaymentID
        /// How much is or was set aside.
        public let authorized: Money
        /// How much of it was taken.
        public let captured: Money

        /// One payment; without `captured`, all that is set aside was taken.
        public init(payment: PaymentID, authorized: Money, captured: Money? = nil) {
            self.payment = payment
            self.authorized = authorized
            self.captured = captured ?? authorized
        }
    }

    /// The part of one payment that belongs to one order.
    public struct Row: Sendable, Hashable, Codable {
        /// The payment.
        public let payment: PaymentID
        /// The order.
        public let order: OrderID
        /// How much of what is set aside.
        public let authorized: Money
        /// How much of what was taken.
        public let captured: Money
        /// How much was given back.
        public fileprivate(set) var refunded: Money

        /// How much the order keeps.
        public var net: Money {
            // What is given back is no more than what was taken.
            Money(minorUnits: captured.minorUnits - refunded.minorUnits, captured.currency)
        }
    }

    /// The parts, payment by payment and within one in the order of the orders; none is zero.
    public private(set) var rows: [Row] = []
    /// The currency of all amounts.
    public let currency: Currency

    /// Splits payments over orders.
    ///
    /// Payments that do not reach leave the last orders open.
    ///
    /// - Throws: ``PaymentSplitError`` when amounts are in several currencies or below zero, more was taken than set
    ///   aside, or the payments come to more than the orders.
    /// - Complexity: O(payments × orders).
    public init(_ tenders: [Tender], over orders: [GroupedOrder]) throws(PaymentSplitError) {
        guard let currency = orders.first?.total.currency else { throw .noOrders }
        self.currency = currency
        var open: [Int64] = []
        for order in orders { open.append(try Self.amount(order.total, in: currency)) }
        for tender in tenders {
            var left = try Self.amount(tender.authorized, in: currency)
            var taken = try Self.amount(tender.captured, in: currency)
            guard taken <= left else { throw .capturedExceedsAuthorized(tender.payment) }
            for (index, order) in orders.enumerated() where left > 0 && open[index] > 0 {
                let part = min(left, open[index])
                let takenPart = min(taken, part)
                rows.append(
                    Row(
                        payment: tender.payment,
                        order: order.orderID,
                        authorized: Money(minorUnits: part, currency),
                        captured: Money(minorUnits: takenPart, currency),
                        refunded: .zero(currency)
                    )
                )
                open[index] -= part
                left -= part
                taken -= takenPart
            }
            guard left == 0 else {
                throw .exceedsOrders(tender.payment, excess: Money(minorUnits: left, currency))
            }
        }
    }

    /// Gives back of an order, from its payments in their order.
    ///
    /// - Throws: ``PaymentSplitError/exceedsCaptured(_:refundable:)`` when less was taken for it; nothing is changed then.
    public mutating func refund(_ amount: Money, of order: OrderID) throws(PaymentSplitError) {
        var left = try Self.amount(amount, in: currency)
        let refundable = net(of: order)
        guard left <= refundable.minorUnits else { throw .exceedsCaptured(order, refundable: refundable) }
        for index in rows.indices where rows[index].order == order && left > 0 {
            let part = min(left, rows[index].net.minorUnits)
            rows[index].refunded = Money(minorUnits: rows[index].refunded.minorUnits + part, currency)
            left -= part
        }
    }

    /// How much is set aside for an order.
    public func authorized(of order: OrderID) -> Money { sum(order, \.authorized) }

    /// How much was taken for an order.
    public func captured(of order: OrderID) -> Money { sum(order, \.captured) }

    /// How much an order keeps.
    public func net(of order: OrderID) -> Money { sum(order, \.net) }

    /// The parts of an order are no more than its total, so their sum fits.
    private func sum(_ order: OrderID, _ amount: (Row) -> Money) -> Money {
        Money(minorUnits: rows.reduce(0) { $1.order == order ? $0 + amount($1).minorUnits : $0 }, currency)
    }

    private static func amount(_ money: Money, in currency: Currency) throws(PaymentSplitError) -> Int64 {
        guard money.currency == currency else {
            throw .currencyMismatch(expected: currency, found: money.currency)
        }
        guard !money.isNegative else { throw .negative(money) }
        return money.minorUnits
    }
}
