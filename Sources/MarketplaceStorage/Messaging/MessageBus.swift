/// Carries messages between parts of a system: at least once, in order per topic and key.
///
/// The promises every adapter keeps:
/// - A message that was published is delivered to every group that was subscribed before, until the group settles it.
/// - No message of a group is delivered while an earlier one of its topic and key is unsettled.
/// - Nothing is skipped: a message leaves a group because it was acknowledged, or it is listed as a dead letter.
///
/// Duplicates are possible, from the publisher and from redelivery: put an ``Inbox`` behind the bus.
public protocol MessageBus: Sendable {
    /// Hands messages over, in order.
    ///
    /// When it throws, none or some of the first may have been published: publish all of them again.
    func publish(_ messages: [Message]) async throws(MessageBusError)

    /// Makes the bus keep messages for a group from now on; does nothing when it already does.
    func subscribe(_ subscription: MessageSubscription) async throws(MessageBusError)

    /// Waits up to `wait` for messages of a group and hands out at most `limit`; none when nothing came.
    ///
    /// What is handed out is withheld from the others of the group for the subscription's visibility time-out, and
    /// delivered again, with a higher attempt, if it is not settled by then. Returns early when cancelled.
    func receive(
        _ subscription: MessageSubscription,
        limit: Int,
        wait: Duration
    ) async throws(MessageBusError) -> [MessageDelivery]

    /// Tells what became of a delivery.
    func settle(
        _ delivery: MessageDelivery,
        as settlement: MessageSettlement
    ) async throws(MessageBusError) -> SettlementOutcome
}
