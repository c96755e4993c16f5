public import MarketplaceCore

/// All that can happen to an order.
public enum OrderEvent: EventUnion {
    /// It was placed.
    case created(OrderCreated)
    /// It moved along its lifecycle.
    case statusChanged(OrderStatusChanged)
    /// It was called off.
    case canceled(OrderCanceled)
    /// The buyer has asked to call it off.
    case cancellationRequested(OrderCancellationRequested)
    /// It goes on although the buyer has asked to call it off.
    case cancellationRejected(OrderCancellationRejected)
    /// Its quantities were changed.
    case changed(OrderChanged)
    /// It is to be sent somewhere else.
    case addressChanged(OrderAddressChanged)
    /// A shipment of it came to another stage.
    case parcelMoved(OrderParcelMoved)
    /// Delivered units came back.
    case unitsReturned(OrderUnitsReturned)
    /// Money that it owed to the buyer was given back.
    case refundSettled(OrderRefundSettled)
    /// The gateway is to be asked anew for a refund.
    case refundRetried(OrderRefundRetried)
    /// The buyer is given something beyond what is called off or returned.
    case goodwillGiven(OrderGoodwillGiven)
    /// It is fixed how much a return gives back.
    case returnRefundFixed(OrderReturnRefundFixed)
    /// The stock is as the order says.
    case stockBooked(OrderStockBooked)

    /// How each stored kind of event becomes a value of this type.
    public static let cases = [
        EventCase(OrderEvent.created),
        EventCase(OrderEvent.statusChanged),
        EventCase(OrderEvent.canceled),
        EventCase(OrderEvent.cancellationRequested),
        EventCase(OrderEvent.cancellationRejected),
        EventCase(OrderEvent.changed),
        EventCase(OrderEvent.addressChanged),
        EventCase(OrderEvent.parcelMoved),
        EventCase(OrderEvent.unitsReturned),
        EventCase(OrderEvent.refundSettled),
        EventCase(OrderEvent.refundRetried),
        EventCase(OrderEvent.goodwillGiven),
        EventCase(OrderEvent.returnRefundFixed),
        EventCase(OrderEvent.stockBooked),
    ]

    /// The payload of this event.
    public var payload: any EventPayload {
        switch self {
        case .created(let payload): payload
        case .statusChanged(let payload): payload
        case .canceled(let payload): payload
        case .cancellationRequested(let payload): payload
        case .cancellationRejected(let payload): payload
        case .changed(let payload): payload
        case .addressChanged(let payload): payload
        case .parcelMoved(let payload): payload
        case .unitsReturned(let payload): payload
        case .refundSettled(let payload): payload
        case .refundRetried(let payload): payload
        case .goodwillGiven(let payload): payload
        case .returnRefundFixed(let payload): payload
        case .stockBooked(let payload): payload
        }
    }
}
