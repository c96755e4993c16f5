public import MarketplaceCore

/// A consumer has settled a delivery.
public struct MessageSettled: ObserverEvent {
    /// The consumer.
    public let consumer: ConsumerName
    /// The message.
    public let message: MessageID
    /// Its topic.
    public let topic: MessageTopic
    /// The number of the delivery, from 1.
    public let attempt: Int
    /// How it was settled.
    public let settlement: MessageSettlement

    /// The stable name of the event.
    public static let name = "message.settled"

    /// The consumer, the topic and the kind of settlement as labels; the message, the attempt and what belongs to the
    /// settlement as fields.
    public var attributes: [ObserverAttribute] {
        var attributes: [ObserverAttribute] = [
            .label("consumer", consumer.text), .label("topic", topic.text),
            .field("message", .text(message.description)), .field("attempt", .integer(Int64(attempt))),
        ]
        switch settlement {
        case .acknowledge: attributes.append(.label("settlement", "acknowledged"))
        case .retry(let pause): attributes += [.label("settlement", "retry"), .field("pause", .duration(pause))]
        case .deadLetter(let reason):
            attributes += [.label("settlement", "dead letter"), .field("reason", .text(reason))]
        }
        return attributes
    }
}

/// A consumer was interrupted by a failure of its bus.
public struct ConsumerInterrupted: ObserverEvent {
    /// The consumer.
    public let consumer: ConsumerName
    /// What happened.
    public let error: MessageBusError
    /// How long it pauses before it goes on; nil when it has ended.
    public let pause: Duration?

    /// The stable name of the event.
    public static let name = "consumer.interrupted"

    /// The consumer and whether it goes on as labels, the reason and the pause as fields.
    public var attributes: [ObserverAttribute] {
        [
            .label("consumer", consumer.text), .label("next", pause == nil ? "end" : "retry"),
            .field("reason", .text(error.description)),
        ] + (pause.map { [.field("pause", .duration($0))] } ?? [])
    }
}
