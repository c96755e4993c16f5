public import MarketplaceCore

/// Which part of which tender, a payment or store credit, belongs to which order of one purchase.
///
/// What an order got back of a tender is of its part of that tender; the rest of each tender is allocated over what is
/// still open of the orders, in their order: nothing is prorated and nothing rounded, so the rows of an order add up to
/// what it came to, and those of a tender to what it is.
///
/// ```swift
/// let split = try PaymentSplit([card, credit], over: group.orders)
/// let captured = split.captured(of: order)
/// ```
public struct PaymentSplit: Sendable, Hashable {
    /// One tender of the purchase.
    public struct Tender: Sendable, Hashable {
        /// Where the money comes from.
        public let source: TenderSource
        /// How much is or was set aside.
        public let authorized: Money
        /// How much of it was taken.
        public let captured: Money

        /// One tender; without `captured`, all that is set aside was taken.
        public init(_ source: TenderSource, authorized: Money, captured: Money? = nil) {
            self.source = source
            self.authorized = authorized
            self.captured = captured ?? authorized
        }

        /// One payment at a gateway; without `captured`, all that is set aside was taken.
        public init(payment: PaymentID, authorized: Money, captured: Money? = nil) {
            self.init(.gateway(payment), authorized: authorized, captured: captured)
        }
    }

    /// What one order got back of one tender.
    public struct Refund: Sendable, Hashable {
        /// The tender that gave it, wherever it went: to store credit, where the buyer has chosen that.
        public let source: TenderSource
        /// The order.
        public let order: OrderID
        /// How much.
        public let amount: Money

        /// So much of a source for an order.
        public init(_ source: TenderSource, of order: OrderID, _ amount: Money) {
            self.source = source
            self.order = order
            self.amount = amount
        }
    }

    /// The part of one tender that belongs to one order.
    public struct Row: Sendable, Hashable, Codable {
        /// Where the money comes from.
        public let source: TenderSource
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

    /// The parts, tender by tender and within one in the order of the orders; none is zero.
    public private(set) var rows: [Row] = []
    /// The currency of all amounts.
    public let currency: Currency

    /// Splits tenders over orders.
    ///
    /// Each order is given, of each tender, what it got back of that; what remains of the tenders is allocated over what
    /// remains of the orders, in their order. So an order may have more of a tender than an allocation without refunds
    /// gives it: a refund goes to the tender that was taken last, whichever order it is for. Tenders that do not reach
    /// leave the last orders open.
    ///
    /// - Parameters:
    ///   - tenders: The tenders, in the order in which they are taken, each source once.
    ///   - orders: The orders, each once.
    ///   - refunds: What orders got back, in any order.
    /// - Throws: ``PaymentSplitError`` when a source or an order stands there twice, amounts are in several currencies or below zero, more was taken than set
    ///   aside, the tenders come to more than the orders, or more was given back of a tender than was taken, or of an
    ///   order than it came to.
    /// - Complexity: O(tenders × orders + refunds).
    public init(
        _ tenders: [Tender],
        over orders: [GroupedOrder],
        givenBack refunds: [Refund] = []
    ) throws(PaymentSplitError) {
        guard let currency = orders.first?.total.currency else { throw .noOrders }
        self.currency = currency
        try Self.checkUnique(tenders, orders)
        let given = try RefundSums(refunds, of: tenders, over: orders, in: currency)
        var open: [Int64] = []
        for order in orders { open.append(try Self.amount(order.total, in: currency) - given.sum(to: order.orderID)) }
        for tender in tenders {
            var left = try Self.amount(tender.authorized, in: currency)
            var taken = try Self.amount(tender.captured, in: currency)
            guard taken <= left else { throw .capturedExceedsAuthorized(tender.source) }
            left -= given.sum(of: tender.source)
            taken -= given.sum(of: tender.source)
            for (index, order) in orders.enumerated() {
                let back = given.sum(of: tender.source, to: order.orderID)
                let part = min(left, open[index])
                let takenPart = min(taken, part)
                guard part + back > 0 else { continue }
                rows.append(
                    Row(
                        source: tender.source,
                        order: order.orderID,
                        authorized: Money(minorUnits: part + back, currency),
                        captured: Money(minorUnits: takenPart + back, currency),
                        refunded: Money(minorUnits: back, currency)
                    )
                )
                open[index] -= part
                left -= part
                taken -= takenPart
            }
            guard left == 0 else {
                throw .exceedsOrders(tender.source, excess: Money(minorUnits: left, currency))
            }
        }
    }

    /// Gives back of an order, from its tenders in their order.
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

    /// How much of one tender was taken for an order.
    public func captured(of order: OrderID, from source: TenderSource) -> Money {
        let row = rows.first { $0.order == order && $0.source == source }
        return row?.captured ?? .zero(currency)
    }

    /// How much an order keeps.
    public func net(of order: OrderID) -> Money { sum(order, \.net) }

    /// The parts of an order are no more than its total, so their sum fits.
    private func sum(_ order: OrderID, _ amount: (Row) -> Money) -> Money {
        Money(minorUnits: rows.reduce(0) { $1.order == order ? $0 + amount($1).minorUnits : $0 }, currency)
    }

    private static func checkUnique(_ tenders: [Tender], _ orders: [GroupedOrder]) throws(PaymentSplitError) {
        var sources: Set<TenderSource> = []
        for tender in tenders where !sources.insert(tender.source).inserted { throw .repeatedSource(tender.source) }
        var seen: Set<OrderID> = []
        for order in orders where !seen.insert(order.orderID).inserted { throw .repeatedOrder(order.orderID) }
    }

    static func amount(_ money: Money, in currency: Currency) throws(PaymentSplitError) -> Int64 {
        guard money.currency == currency else {
            throw .currencyMismatch(expected: currency, found: money.currency)
        }
        guard !money.isNegative else { throw .negative(money) }
        return money.minorUnits
    }
}
