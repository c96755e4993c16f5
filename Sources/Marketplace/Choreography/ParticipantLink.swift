import MarketplaceCore
import MarketplaceStorage

/// What joins a participant's store to the bus: a relay that tells what happened here, and a consumer that takes in
/// what happened elsewhere.
public struct ParticipantLink: Sendable {
    let bus: any MessageBus
    let subscription: MessageSubscription
    let inbox: Inbox
    let relay: OutboxRelay
    let consumer: MessageConsumer

    /// Links a store to the bus under a name.
    ///
    /// - Parameters:
    ///   - name: The name of the relay, the inbox and the group of consumers.
    ///   - topic: The category of the events that are published, and their topic.
    ///   - topics: What is consumed.
    ///   - context: The store, the bus and the rest.
    ///   - handler: Takes a message in.
    init(
        _ name: String,
        publishing topic: MessageTopic,
        consuming topics: Set<MessageTopic>,
        _ context: ParticipantContext,
        handler: @escaping MessageConsumer.Handler
    ) {
        bus = context.bus
        // The names are literals of the participants.
        subscription = MessageSubscription(group: ConsumerGroup(unchecked: name), topics: topics)
        inbox = Inbox(
            ConsumerName(unchecked: name),
            store: context.store,
            identifiers: context.identifiers,
            wallClock: context.wallClock,
            retention: context.retention
        )
        relay = OutboxRelay(
            RelayName(unchecked: name),
            store: context.store,
            bus: context.bus,
            topics: .single(topic, .categories([topic.retyped()])),
            signal: context.signal ?? PollingChangeSignal(every: context.reading.poll, clock: context.clock),
            identifiers: context.identifiers,
            wallClock: context.wallClock,
            clock: context.clock,
            randomness: context.randomness,
            reading: context.reading,
            observer: context.observer
        )
        consumer = MessageConsumer(
            subscription,
            on: context.bus,
            inbox: inbox,
            settings: context.consumption,
            clock: context.clock,
            randomness: context.randomness,
            observer: context.observer
        ) { message, transaction in
            do {
                try await handler(message, &transaction)
            } catch {
                throw Self.unwrapped(error)
            }
        }
    }

    /// The failure of the store inside an error, so that the consumer knows it says nothing about the message.
    private static func unwrapped(_ error: any Error) -> any Error {
        (error as? any StoreFailing)?.storeError ?? error
    }
}

/// An error that may be the failure of a store.
protocol StoreFailing: Error {
    /// The failure of the store, if it is one.
    var storeError: StoreError? { get }
}

extension RepositoryError: StoreFailing {
    var storeError: StoreError? {
        if case .store(let error) = self { error } else { nil }
    }
}
