import MarketplaceCore
import MarketplaceStorage

/// A bus that notes every call and its outcome in the history of a law.
struct RecordingBus: MessageBus {
    private let base: any MessageBus
    private let history: LawHistory
    private let clock: ManualClock

    init(_ base: any MessageBus, history: LawHistory, clock: ManualClock) {
        self.base = base
        self.history = history
        self.clock = clock
    }

    func publish(_ messages: [Message]) async throws(MessageBusError) {
        let call = "publish \(messages.prefix(8).map(\.summary)) of \(messages.count)"
        let tick = history.begin()
        do throws(MessageBusError) {
            try await base.publish(messages)
            history.end(tick, "\(call) → done")
        } catch {
            history.end(tick, "\(call) → \(error)")
            throw error
        }
    }

    func subscribe(_ subscription: MessageSubscription) async throws(MessageBusError) {
        let call = "subscribe \(subscription.group) to \(subscription.topics.map(\.text).sorted())"
        let tick = history.begin()
        do throws(MessageBusError) {
            try await base.subscribe(subscription)
            history.end(tick, "\(call) → done")
        } catch {
            history.end(tick, "\(call) → \(error)")
            throw error
        }
    }

    func receive(
        _ subscription: MessageSubscription,
        limit: Int,
        wait: Duration
    ) async throws(MessageBusError) -> [MessageDelivery] {
        let call = "receive for \(subscription.group), at most \(limit), wait \(wait), at \(clock.now.offset)"
        let tick = history.begin()
        do throws(MessageBusError) {
            let deliveries = try await base.receive(subscription, limit: limit, wait: wait)
            history.end(tick, "\(call) → \(deliveries.prefix(8).map(\.summary)) of \(deliveries.count)")
            return deliveries
        } catch {
            history.end(tick, "\(call) → \(error)")
            throw error
        }
    }

    func settle(
        _ delivery: MessageDelivery,
        as settlement: MessageSettlement
    ) async throws(MessageBusError) -> SettlementOutcome {
        let call = "settle \(delivery.summary) of \(delivery.group) as \(settlement), at \(clock.now.offset)"
        let tick = history.begin()
        do throws(MessageBusError) {
            let outcome = try await base.settle(delivery, as: settlement)
            history.end(tick, "\(call) → \(outcome)")
            return outcome
        } catch {
            history.end(tick, "\(call) → \(error)")
            throw error
        }
    }
}

extension Message {
    /// The topic, key and name.
    var summary: String { "\(topic)/\(key)/\(name)" }
}

extension MessageDelivery {
    /// The message and the attempt.
    var summary: String { "\(message.summary) ×\(attempt)" }
}
