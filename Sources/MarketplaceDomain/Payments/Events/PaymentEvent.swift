public import MarketplaceCore

/// All that can happen to a payment.
public enum PaymentEvent: EventUnion {
    /// It was begun.
    case created(PaymentCreated)
    /// The gateway is going to be asked.
    case operationBegun(PaymentOperationBegun)
    /// The gateway refused what it was asked.
    case operationRefused(PaymentOperationRefused)
    /// The amount was set aside.
    case authorized(PaymentAuthorized)
    /// A part or all was taken.
    case captured(PaymentCaptured)
    /// Nothing is left to take.
    case completed(PaymentCompleted)
    /// What was not taken was set free.
    case voided(PaymentVoided)
    /// It came to nothing.
    case failed(PaymentFailed)
    /// A refund was begun.
    case refundInitiated(RefundInitiated)
    /// A refund was given back.
    case refundCompleted(RefundCompleted)
    /// A refund came to nothing.
    case refundFailed(RefundFailed)
    /// What a gateway did that did not fit was looked into.
    case discrepancySettled(PaymentDiscrepancySettled)

    /// How each stored kind of event becomes a value of this type.
    public static let cases = [
        EventCase(PaymentEvent.created),
        EventCase(PaymentEvent.operationBegun),
        EventCase(PaymentEvent.operationRefused),
        EventCase(PaymentEvent.authorized),
        EventCase(PaymentEvent.captured),
        EventCase(PaymentEvent.completed),
        EventCase(PaymentEvent.voided),
        EventCase(PaymentEvent.failed),
        EventCase(PaymentEvent.refundInitiated),
        EventCase(PaymentEvent.refundCompleted),
        EventCase(PaymentEvent.refundFailed),
        EventCase(PaymentEvent.discrepancySettled),
    ]

    /// The payload of this event.
    public var payload: any EventPayload {
        switch self {
        case .created(let payload): payload
        case .operationBegun(let payload): payload
        case .operationRefused(let payload): payload
        case .authorized(let payload): payload
        case .captured(let payload): payload
        case .completed(let payload): payload
        case .voided(let payload): payload
        case .failed(let payload): payload
        case .refundInitiated(let payload): payload
        case .refundCompleted(let payload): payload
        case .refundFailed(let payload): payload
        case .discrepancySettled(let payload): payload
        }
    }
}
