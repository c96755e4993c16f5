public import MarketplaceCore

/// All that can happen to a gift card.
public enum GiftCardEvent: EventUnion {
    /// It was issued.
    case issued(GiftCardIssued)
    /// It was redeemed.
    case redeemed(GiftCardRedeemed)
    /// It was called off.
    case canceled(GiftCardCanceled)

    /// How each stored kind of event becomes a value of this type.
    public static let cases = [
        EventCase(GiftCardEvent.issued),
        EventCase(GiftCardEvent.redeemed),
        EventCase(GiftCardEvent.canceled),
    ]

    /// The payload of this event.
    public var payload: any EventPayload {
        switch self {
        case .issued(let payload): payload
        case .redeemed(let payload): payload
        case .canceled(let payload): payload
        }
    }
}
