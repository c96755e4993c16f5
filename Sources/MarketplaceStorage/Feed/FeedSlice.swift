/// One page of the feed.
public struct FeedSlice: Hashable, Sendable {
    /// The events, in feed order.
    public let events: [RecordedEvent]
    /// How far the feed was scanned: the position to read on from.
    ///
    /// No event will ever appear at or before it.
    public let position: FeedPosition
    /// Whether there was nothing after ``position`` when the page was read.
    public let isCaughtUp: Bool

    /// Makes a page; for adapters.
    public init(events: [RecordedEvent], position: FeedPosition, isCaughtUp: Bool) {
        self.events = events
        self.position = position
        self.isCaughtUp = isCaughtUp
    }
}
