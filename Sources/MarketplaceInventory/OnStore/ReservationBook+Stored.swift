import MarketplaceCore
import MarketplaceStorage

extension ReservationBook {
    static let dueIndex = "due"
    static let openIndex = "open"
    static let endedIndex = "ended"

    /// What the document can be found by: the deadline while it is held, its being open, or its end.
    var indexEntries: [IndexEntry] {
        if let endedAt { return [IndexEntry(Self.endedIndex, .time(endedAt))] }
        let open = IndexEntry(Self.openIndex, .integer(0))
        guard let dueAt else { return [open] }
        return [open, IndexEntry(Self.dueIndex, .time(dueAt))]
    }
}
