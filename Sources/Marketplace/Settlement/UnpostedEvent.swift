public import MarketplaceCore
public import MarketplaceDomain
import MarketplaceStorage

/// Something that happened and that the settlement of its order refuses to post; somebody has to look at it.
public struct UnpostedEvent: Sendable, Hashable, Codable {
    /// The event.
    public let id: EventID
    /// Its name on the feed.
    public let name: String
    /// The order.
    public let orderID: OrderID
    /// Why it was not posted.
    public let reason: String
    /// When it happened.
    public let at: Timestamp
    /// Where it stands: the stream and its place in it.
    let stream: StoredStream
    /// Its place in the stream.
    let version: StreamVersion

    /// A stream as it is stored.
    struct StoredStream: Sendable, Hashable, Codable {
        let category: StreamCategory
        let key: TextKey<StreamSubject>
    }

    init(_ event: RecordedEvent, of order: OrderID, because reason: String) {
        id = event.id
        name = event.name
        orderID = order
        self.reason = reason
        at = event.time
        stream = StoredStream(category: event.stream.category, key: event.stream.key)
        version = event.version
    }
}
