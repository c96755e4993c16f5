/// A law of ``MessageBus``.
public typealias MessageBusLaw = Law<MessageBusSite>

/// The laws that every conformance to ``MessageBus`` keeps.
///
/// Each law wants a bus of its own that nothing was published on:
///
/// ```swift
/// @Test(arguments: MessageBusLaws.all)
/// func everyLawHolds(_ law: MessageBusLaw) async throws {
///     try await law.check { makeEmptyBus() }
/// }
/// ```
///
/// A bus that keeps its dead letters keeps those of ``DeadLetterBusLaws`` too.
public enum MessageBusLaws {
    /// All of them.
    public static let all = LawSet(delivery + order + settlement + waiting + consumers)

    private static let delivery: [MessageBusLaw] = [
        everyGroupGetsEveryMessage, messagesComeBackWhole, groupsShareMessages, limitsAreKept, subscribingAgainKeeps,
    ]
    private static let order: [MessageBusLaw] = [
        keysKeepTheirOrder, keysDoNotWaitForEachOther, redeliveryKeepsTheOrder, deadLettersHoldTheirKey,
    ]
    private static let settlement: [MessageBusLaw] = [
        unsettledMessagesComeAgain, acknowledgedMessagesStayAway, retriesWait, staleSettlementsDoNotCount,
    ]
    private static let waiting: [MessageBusLaw] = [
        messagesWake, freedMessagesWake, waitsEnd, cancelledReceiversLoseNothing,
    ]
    private static let consumers: [MessageBusLaw] = [
        inboxMakesItOnce, handlingComesBeforeAcknowledging, drainingLosesNothing, cancellingLosesNothing,
    ]
}
