public import MarketplaceCore

/// What reads the feed: a projection or a relay, and its name.
public struct FeedReader: Hashable, Sendable {
    /// What kind of reader: `projection` or `relay`.
    public let kind: String
    /// Its name.
    public let name: String

    /// The kind and the name as labels.
    var labels: [ObserverAttribute] { [.label("kind", kind), .label("reader", name)] }
}

/// A reader of the feed has dealt with a batch.
public struct FeedBatchEnded: ObserverEvent {
    /// The reader.
    public let reader: FeedReader
    /// How many events or messages it dealt with.
    public let count: Int
    /// How far it has come.
    public let position: FeedPosition

    /// The stable name of the event.
    public static let name = "feed.batch.ended"

    /// The reader as labels, the count and the position as fields.
    public var attributes: [ObserverAttribute] {
        reader.labels + [
            .field("count", .integer(Int64(count))), .field("position", .text(position.description)),
        ]
    }
}

/// A reader of the feed was interrupted by a failure.
public struct FeedInterrupted: ObserverEvent {
    /// The reader.
    public let reader: FeedReader
    /// What happened, in a sentence.
    public let reason: String
    /// How long it pauses before it goes on; nil when it has ended.
    public let pause: Duration?

    /// The stable name of the event.
    public static let name = "feed.interrupted"

    /// The reader and whether it goes on as labels, the reason and the pause as fields.
    public var attributes: [ObserverAttribute] {
        reader.labels + [.label("next", pause == nil ? "end" : "retry"), .field("reason", .text(reason))]
            + (pause.map { [.field("pause", .duration($0))] } ?? [])
    }
}
