import MarketplaceCore
import MarketplaceDomain
import MarketplaceStorage

/// The names under which summaries of orders are kept.
enum OrderKeySpace {
    static let summaries: DocumentCollection = "orders"
    static let buyerIndex = "buyer"
    static let sellerIndex = "seller"
    /// Orders that are to be given up or completed, by the time from which on, and those that owe money or stock.
    static let expiryIndex = "expire"
    static let completionIndex = "complete"
    static let settlementIndex = "settle"
    /// How far sweeps have come in each index.
    static let sweeps: DocumentCollection = "order-sweeps"
}

/// Writes the summary of every order that something happened to.
///
/// A summary is made of the order itself, as it is when the event is applied: it is never older than the event, and a
/// rebuild writes the same.
struct OrderProjection: Projection {
    let name: ProjectionName = "orders"
    let filter = EventFilter.categories([TextKey(unchecked: Order.category)])
    let archive: OrderArchive

    func apply(
        _ events: [RecordedEvent],
        to transaction: inout Transaction,
        reading source: ProjectionSource
    ) async throws {
        var seen: Set<OrderID> = []
        for event in events {
            guard let id = OrderID(event.stream.key.text), seen.insert(id).inserted else { continue }
            guard let summary = OrderSummary(try await archive.order(id)) else { continue }
            transaction.write(
                DocumentWrite(
                    DocumentKey(OrderKeySpace.summaries, id),
                    body: try archive.encoded(summary),
                    indexEntries: summary.indexEntries
                )
            )
        }
    }
}

extension OrderSummary {
    var indexEntries: [IndexEntry] {
        var entries = [IndexEntry(OrderKeySpace.buyerIndex, .text("\(buyer)"), .time(placedAt))]
        if let seller { entries.append(IndexEntry(OrderKeySpace.sellerIndex, .text("\(seller)"), .time(placedAt))) }
        if let dueAt {
            let index = status == .pending ? OrderKeySpace.expiryIndex : OrderKeySpace.completionIndex
            entries.append(IndexEntry(index, .time(dueAt)))
        }
        if owesRefund || owesStock { entries.append(IndexEntry(OrderKeySpace.settlementIndex, .time(placedAt))) }
        return entries
    }
}
