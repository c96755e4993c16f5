public import MarketplaceCore

/// Why a command to an order is refused.
public enum OrderRejection: EffectStating, Hashable {
    /// There is no such order yet.
    case notCreated
    /// The order exists with other content.
    case alreadyCreated(OrderID)
    /// There are no lines.
    case noLines
    /// There are more than ``Order/maximumLines`` lines.
    case tooManyLines(count: Int, maximum: Int)
    /// The price of that line is below zero.
    case negativePrice(Money, lineIndex: Int)
    /// That line has another currency than the first one.
    case currencyMismatch(expected: Currency, found: Currency, lineIndex: Int)
    /// The amounts cannot be computed.
    case amount(MoneyError)
    /// The units that all lines ask of one SKU are too many.
    case quantity(QuantityError)
    /// The buyer has seen another total than the order comes to.
    case totalMismatch(stated: Money, computed: Money)
    /// The shares are not those of that line: other units, or amounts that its price does not come to.
    case sharesMismatch(lineIndex: Int)
    /// Somebody may not ask for that.
    case forbidden(CommandForbidden)
    /// The lifecycle does not allow it.
    case move(TransitionRefusal<OrderStatus, OrderMove, ActorRole>)

    /// Nothing was changed, and the same command will be refused again.
    public var effect: EffectOutcome { .refused }
}

extension OrderRejection: CustomStringConvertible {
    /// The reason in a sentence.
    public var description: String {
        switch self {
        case .notCreated: "there is no such order yet"
        case .alreadyCreated(let id): "the order \(id) exists with other content"
        case .noLines: "an order has at least one line"
        case .tooManyLines(let count, let maximum): "an order has at most \(maximum) lines, not \(count)"
        case .negativePrice(let price, let index): "the price of line \(index) is below zero: \(price)"
        case .currencyMismatch(let expected, let found, let index):
            "the order is in \(expected), its line \(index) in \(found)"
        case .amount(let error): error.description
        case .quantity(let error): error.description
        case .totalMismatch(let stated, let computed): "the order comes to \(computed), not \(stated)"
        case .sharesMismatch(let index): "the shares of line \(index) are not those of the line"
        case .forbidden(let refusal): refusal.description
        case .move(let refusal): refusal.description
        }
    }
}
