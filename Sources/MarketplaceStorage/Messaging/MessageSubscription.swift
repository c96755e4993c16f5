public import MarketplaceCore

/// The subject of the names of consumer groups.
public enum ConsumerGroupSubject {}

/// Names those who share the messages of a subscription among each other.
public typealias ConsumerGroup = TextKey<ConsumerGroupSubject>

/// Which messages a group wants, and how they are handed out.
public struct MessageSubscription: Hashable, Sendable {
    /// Who shares the messages.
    public let group: ConsumerGroup
    /// What the messages are about.
    public let topics: Set<MessageTopic>
    /// How long a delivered message is withheld from the others of the group.
    public let visibility: Duration
    /// What happens to the later messages of a key once one of them is a dead letter.
    public let parking: MessageParking

    /// The visibility unless told otherwise: well above the time a handler and its commit take.
    public static let defaultVisibility = Duration.seconds(30)

    /// Makes a subscription.
    public init(
        group: ConsumerGroup,
        topics: Set<MessageTopic>,
        visibility: Duration = MessageSubscription.defaultVisibility,
        parking: MessageParking = .behind
    ) {
        precondition(visibility > .zero, "the visibility time-out must be positive")
        self.group = group
        self.topics = topics
        self.visibility = visibility
        self.parking = parking
    }
}

/// What happens to the later messages of a key once one of them is a dead letter.
///
/// Other keys always flow on.
public enum MessageParking: Hashable, Sendable {
    /// They become dead letters behind it, in order: they take no room in the queue, and come back together.
    case behind
    /// They wait in the queue, and fill it up in the end, so that the publisher notices.
    case waiting
}
