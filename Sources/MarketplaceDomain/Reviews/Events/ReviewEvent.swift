public import MarketplaceCore

/// All that can happen to a review.
public enum ReviewEvent: EventUnion {
    /// It was written.
    case published(ReviewPublished)
    /// Its author changed it.
    case edited(ReviewEdited)
    /// It moved along its lifecycle.
    case statusChanged(ReviewStatusChanged)

    /// How each stored kind of event becomes a value of this type.
    public static let cases = [
        EventCase(ReviewEvent.published),
        EventCase(ReviewEvent.edited),
        EventCase(ReviewEvent.statusChanged),
    ]

    /// The payload of this event.
    public var payload: any EventPayload {
        switch self {
        case .published(let payload): payload
        case .edited(let payload): payload
        case .statusChanged(let payload): payload
        }
    }
}
