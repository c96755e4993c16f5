public import MarketplaceCore

/// All that can happen to a seller's account.
public enum SellerAccountEvent: EventUnion {
    /// Somebody applied.
    case created(SellerAccountCreated)
    /// The seller was let in.
    case verified(SellerAccountVerified)
    /// The seller may not sell for a while.
    case suspended(SellerAccountSuspended)
    /// The seller may sell again.
    case reinstated(SellerAccountReinstated)
    /// The account ended.
    case closed(SellerAccountClosed)

    /// How each stored kind of event becomes a value of this type.
    public static let cases = [
        EventCase(SellerAccountEvent.created),
        EventCase(SellerAccountEvent.verified),
        EventCase(SellerAccountEvent.suspended),
        EventCase(SellerAccountEvent.reinstated),
        EventCase(SellerAccountEvent.closed),
    ]

    /// The payload of this event.
    public var payload: any EventPayload {
        switch self {
        case .created(let payload): payload
        case .verified(let payload): payload
        case .suspended(let payload): payload
        case .reinstated(let payload): payload
        case .closed(let payload): payload
        }
    }
}
