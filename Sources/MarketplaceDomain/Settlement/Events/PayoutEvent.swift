public import MarketplaceCore

/// All that can happen to a payout.
public enum PayoutEvent: EventUnion {
    /// It was begun.
    case created(PayoutCreated)
    /// The bank is asked.
    case sent(PayoutSent)
    /// It reached the seller.
    case paid(PayoutPaid)
    /// The bank refused it.
    case failed(PayoutFailed)
    /// It came back.
    case returned(PayoutReturned)

    /// How each stored kind of event becomes a case.
    public static let cases = [
        EventCase(PayoutEvent.created),
        EventCase(PayoutEvent.sent),
        EventCase(PayoutEvent.paid),
        EventCase(PayoutEvent.failed),
        EventCase(PayoutEvent.returned),
    ]

    /// The payload of this event.
    public var payload: any EventPayload {
        switch self {
        case .created(let payload): payload
        case .sent(let payload): payload
        case .paid(let payload): payload
        case .failed(let payload): payload
        case .returned(let payload): payload
        }
    }
}
