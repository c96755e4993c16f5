public import MarketplaceCore

/// Why tenders cannot be split over orders.
public enum PaymentSplitError: EffectStating, Hashable {
    /// There is nothing to split over.
    case noOrders
    /// A source stands there twice.
    case repeatedSource(TenderSource)
    /// An order stands there twice.
    case repeatedOrder(OrderID)
    /// The amounts are in several currencies.
    case currencyMismatch(expected: Currency, found: Currency)
    /// An amount is below zero.
    case negative(Money)
    /// More was taken than set aside.
    case capturedExceedsAuthorized(TenderSource)
    /// The tenders come to more than the orders do, from this one on.
    case exceedsOrders(TenderSource, excess: Money)
    /// More was given back of that tender than was taken.
    case exceedsTaken(TenderSource, taken: Money)
    /// More is to be given back, or was, than the order keeps.
    case exceedsCaptured(OrderID, refundable: Money)

    /// Refused: the same input has the same answer.
    public var effect: EffectOutcome { .refused }
}

extension PaymentSplitError: CustomStringConvertible {
    /// The reason in a sentence.
    public var description: String {
        switch self {
        case .noOrders: "there are no orders to split tenders over"
        case .repeatedSource(let source): "\(source) is named twice"
        case .repeatedOrder(let order): "order \(order) is named twice"
        case .currencyMismatch(let expected, let found): "the orders are in \(expected), an amount in \(found)"
        case .negative(let amount): "an amount is below zero: \(amount)"
        case .capturedExceedsAuthorized(let source): "more was taken of \(source) than set aside"
        case .exceedsOrders(let source, let excess): "\(source) is \(excess) more than the orders come to"
        case .exceedsTaken(let source, let taken): "more was given back of \(source) than the \(taken) that were taken"
        case .exceedsCaptured(let order, let refundable):
            "order \(order) keeps \(refundable), no more can be given back"
        }
    }
}
