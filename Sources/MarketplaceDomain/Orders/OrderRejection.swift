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
    /// A buyer has stated a discount on added units of that line, which only whoever sells them grants.
    case discountNotGranted(lineIndex: Int)
    /// That payment has paid for another change.
    case paymentUsed(PaymentID)
    /// The shares of a changed order cannot be computed.
    case shares(FrozenSharesError)
    /// A charge that is said to be the group's is none of the order's.
    case unknownCharge(BasketLineID)
    /// There is no line at that place, or it is named twice.
    case unknownLine(index: Int)
    /// That many units of that line cannot be had: fewer than none, or more than are there to be moved.
    case unitsOutOfRange(lineIndex: Int, requested: Int, available: Int)
    /// No unit would be left: call the order off instead.
    case nothingLeft
    /// It was changed as often as an order can be.
    case tooManyChanges(maximum: Int)
    /// It has as many shipments as an order can have.
    case tooManyShipments(maximum: Int)
    /// A shipment has at least one unit.
    case emptyShipment
    /// The order does not know that shipment.
    case unknownShipment(ShipmentID)
    /// The shipment exists with other units.
    case shipmentExists(ShipmentID)
    /// The shipment is at another stage.
    case shipmentStage(ShipmentID, OrderParcel.Stage)
    /// An amount must be above zero.
    case notPositive(Money)
    /// No more is left to give back of what was paid for the order.
    case exceedsRefundable(requested: Money, refundable: Money)
    /// The order is not that of one seller, who could bear something.
    case noSeller
    /// The buyer was given something as often as they can be.
    case tooMuchGoodwill(maximum: Int)
    /// It is fixed that the return gives back that much.
    case returnRefundFixed(ReturnID, Money)
    /// The order owes nothing under that number.
    case unknownRefund(number: Int)
    /// That attempt is not the one after the last one.
    case unknownRefundAttempt(number: Int, attempt: Int)
    /// The gateway was asked for that refund as often as it can be.
    case tooManyRefundAttempts(maximum: Int)
    /// The order's stock was not moved that often.
    case unknownStock(revision: Int)
    /// There was no change of that number.
    case unknownChange(number: Int)
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
        case .totalMismatch(let stated, let computed): "the buyer has seen \(stated), it comes to \(computed)"
        case .sharesMismatch(let index): "the shares of line \(index) are not those of its units and price"
        case .discountNotGranted(let index): "a buyer cannot grant a discount on added units of line \(index)"
        case .paymentUsed(let id): "the payment \(id) has paid for another change of the order"
        case .shares(let error): error.description
        case .unknownCharge(let id): "the order has no shipping charge \(id)"
        case .unknownLine(let index): "the order has no line \(index), or it is named twice"
        case .unitsOutOfRange(let index, let requested, let available):
            "\(requested) units of line \(index) cannot be had, \(available) can"
        case .nothingLeft: "no unit would be left; call the order off instead"
        case .tooManyChanges(let maximum): "an order is changed at most \(maximum) times"
        case .tooManyShipments(let maximum): "an order has at most \(maximum) shipments"
        case .emptyShipment: "a shipment has at least one unit"
        case .unknownShipment(let id): "the order knows no shipment \(id)"
        case .shipmentExists(let id): "the shipment \(id) exists with other units"
        case .shipmentStage(let id, let stage): "the shipment \(id) is \(stage)"
        case .notPositive(let amount): "an amount must be above zero, not \(amount)"
        case .exceedsRefundable(let requested, let refundable):
            "\(requested) cannot be given back: \(refundable) is left of what was paid for the order"
        case .noSeller: "the order is not that of one seller, who could bear it"
        case .tooMuchGoodwill(let maximum): "the buyer of an order is given something at most \(maximum) times"
        case .returnRefundFixed(let id, let amount): "it is fixed that the return \(id) gives \(amount) back"
        case .unknownRefund(let number): "the order owes nothing under number \(number)"
        case .unknownRefundAttempt(let number, let attempt):
            "refund \(number) of the order has no attempt \(attempt) to come next"
        case .tooManyRefundAttempts(let maximum): "a refund is asked for at most \(maximum) times"
        case .unknownStock(let revision): "the stock of the order was not moved \(revision) times"
        case .unknownChange(let number): "the order has no change \(number)"
        case .forbidden(let error): error.description
        case .move(let refusal): refusal.description
        }
    }
}
