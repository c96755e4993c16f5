public import MarketplaceCore

/// One message in the hands of one consumer.
public struct MessageDelivery: Hashable, Sendable {
    /// The message.
    public let message: Message
    /// The group it was delivered to.
    public let group: ConsumerGroup
    /// How often it has been delivered to the group, this time included: from 1.
    public let attempt: Int
    /// What the bus recognises this delivery by; opaque.
    public let receipt: String

    /// Makes a delivery; for adapters.
    public init(message: Message, group: ConsumerGroup, attempt: Int, receipt: String) {
        self.message = message
        self.group = group
        self.attempt = attempt
        self.receipt = receipt
    }
}

/// What became of a delivery.
public enum MessageSettlement: Hashable, Sendable {
    /// It was dealt with: the group will not see it again.
    case acknowledge
    /// Deliver it again after a while; later messages of its key wait.
    case retry(after: Duration)
    /// It cannot be dealt with: park it, with the reason, until somebody decides.
    case deadLetter(reason: String)
}

/// Whether a settlement counted.
public enum SettlementOutcome: Hashable, Sendable {
    /// It did.
    case settled
    /// The delivery was no longer this consumer's: its visibility had run out, or it was settled before.
    case notHeld
}
