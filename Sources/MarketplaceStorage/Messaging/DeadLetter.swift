public import MarketplaceCore

/// A message that a group could not deal with, or that waits behind one.
public struct DeadLetter: Hashable, Sendable {
    /// The message.
    public let message: Message
    /// Why it is here.
    public let cause: DeadLetterCause
    /// How often it was delivered; 0 for one that was parked behind another.
    public let attempts: Int
    /// Its place in the list: later ones are higher.
    public let sequence: UInt64

    /// Makes a dead letter; for adapters.
    public init(message: Message, cause: DeadLetterCause, attempts: Int, sequence: UInt64) {
        self.message = message
        self.cause = cause
        self.attempts = attempts
        self.sequence = sequence
    }
}

/// Why a message is a dead letter.
public enum DeadLetterCause: Hashable, Sendable {
    /// A consumer gave it up, with this reason.
    case poisoned(reason: String)
    /// An earlier message of its key, this one, is a dead letter.
    case behind(MessageID)
}

/// A bus that keeps dead letters where they can be looked at and sent on.
public protocol DeadLetterBus: MessageBus {
    /// The dead letters of a group after that place in the list, oldest first.
    func deadLetters(
        of group: ConsumerGroup,
        after sequence: UInt64,
        limit: Int
    ) async throws(MessageBusError) -> [DeadLetter]

    /// Puts a poisoned message back at the head of its key, all that is parked behind it following in order.
    ///
    /// Its attempts are counted from 1 again. Returns whether it was there.
    @discardableResult
    func requeue(_ message: MessageID, of group: ConsumerGroup) async throws(MessageBusError) -> Bool

    /// Gives a poisoned message up for good: all that is parked behind it follows in order.
    ///
    /// Returns the message, for whoever records the decision; nil when it was not there.
    @discardableResult
    func discard(_ message: MessageID, of group: ConsumerGroup) async throws(MessageBusError) -> DeadLetter?
}
