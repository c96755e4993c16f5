import MarketplaceCore
import MarketplaceStorage

/// That a reservation waits for units of a point.
struct AwaitingDocument: Codable, Hashable, Sendable {
    let reservation: ReservationID

    static let queueIndex = "queue"

    /// What the reservations that wait for a point are found by, the earliest one first.
    static func indexEntry(_ point: StockPoint, since time: Timestamp) -> IndexEntry {
        IndexEntry(queueIndex, .text(point.sku.text), .text(point.location.text), .time(time))
    }
}
