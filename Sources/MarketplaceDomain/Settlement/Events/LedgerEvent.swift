public import MarketplaceCore

/// All that stands in the streams of the ledger.
public enum LedgerEvent: EventUnion {
    /// The settlement of an order was begun.
    case opened(SettlementOpened)
    /// Units of the order were called off or added.
    case amended(SettlementAmended)
    /// An entry was posted.
    case posted(LedgerEntryPosted)

    /// How each stored kind of event becomes a case.
    public static let cases = [
        EventCase(LedgerEvent.opened), EventCase(LedgerEvent.amended), EventCase(LedgerEvent.posted),
    ]

    /// The payload of this event.
    public var payload: any EventPayload {
        switch self {
        case .opened(let payload): payload
        case .amended(let payload): payload
        case .posted(let payload): payload
        }
    }
}
