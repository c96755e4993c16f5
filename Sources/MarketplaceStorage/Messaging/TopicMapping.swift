public import MarketplaceCore

/// Which events a relay publishes, and on which topics.
public struct TopicMapping: Sendable {
    /// The events that are read at all.
    public let filter: EventFilter
    private let choose: @Sendable (RecordedEvent) -> MessageTopic?

    /// Asks `topic` for every event that passes `filter`; an event without a topic is not published.
    public init(_ filter: EventFilter = .all, topic: @escaping @Sendable (RecordedEvent) -> MessageTopic?) {
        self.filter = filter
        choose = topic
    }

    /// The topic is the category of the event's stream.
    public static var category: TopicMapping {
        TopicMapping { event in event.stream.category.retyped() }
    }

    /// All events that pass `filter` go to one topic.
    public static func single(_ topic: MessageTopic, _ filter: EventFilter = .all) -> TopicMapping {
        TopicMapping(filter) { _ in topic }
    }

    /// The message that tells of an event; nil when it is not published.
    public func message(for event: RecordedEvent) -> Message? {
        choose(event).map { Message(event, topic: $0) }
    }
}
