public import MarketplaceCore

/// The subject of message topics.
public enum TopicSubject {}

/// Names what a message is about, for those who subscribe.
public typealias MessageTopic = TextKey<TopicSubject>

/// The subject of the keys that messages are ordered by.
public enum MessageKeySubject {}

/// Messages of one topic and key are delivered in the order they were published.
public typealias MessageKey = TextKey<MessageKeySubject>

/// Names one message; the same however often it is published and delivered.
public typealias MessageID = Identifier<Message>

/// Something told to other parts of a system over a ``MessageBus``.
public struct Message: Hashable, Sendable {
    /// The id, by which receivers recognise a message that comes twice.
    public let id: MessageID
    /// What it is about.
    public let topic: MessageTopic
    /// What its order is kept by.
    public let key: MessageKey
    /// The kind of message, such as `OrderConfirmed`.
    public let name: String
    /// The version of the payload's form.
    public let schemaVersion: Int
    /// The encoded payload.
    public let payload: [UInt8]
    /// What travels with it.
    public let headers: ContextHeaders
    /// When what it tells happened.
    public let time: Timestamp

    /// Makes a message.
    public init(
        id: MessageID,
        topic: MessageTopic,
        key: MessageKey,
        name: String,
        schemaVersion: Int = 1,
        payload: [UInt8],
        headers: ContextHeaders = .current,
        time: Timestamp
    ) {
        self.id = id
        self.topic = topic
        self.key = key
        self.name = name
        self.schemaVersion = schemaVersion
        self.payload = payload
        self.headers = headers
        self.time = time
    }
}

extension Message {
    /// The message that tells of a recorded event: same id, name and payload, ordered by the event's stream.
    public init(_ event: RecordedEvent, topic: MessageTopic) {
        self.init(
            id: MessageID(bits: event.id.bits),
            topic: topic,
            key: MessageKey(orderOf: event.stream),
            name: event.name,
            schemaVersion: event.schemaVersion,
            payload: event.payload,
            headers: event.headers,
            time: event.time
        )
    }
}

extension TextKey where Subject == MessageKeySubject {
    /// The key that keeps the order of a stream: its text, or a digest of it when that is too long for a key.
    ///
    /// Two streams that meet in one digest only share their order.
    public init(orderOf stream: StreamID) {
        do throws(TextKeyError) {
            try self.init(stream.description)
        } catch {
            var digest = ContentDigest()
            digest.combine(stream.description)
            self.init(Identifier<StreamID>(bits: digest.value.bits))
        }
    }
}
