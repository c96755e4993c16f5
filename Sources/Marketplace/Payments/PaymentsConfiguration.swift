/// The bounds of ``Payments``.
public struct PaymentsConfiguration: Sendable, Hashable {
    /// How long an operation is left to the call that began it before a sweep looks after it: longer than a gateway
    /// takes to answer, so that a sweep seldom asks what is being asked.
    public var grace: Duration
    /// The most operations one sweep looks at, so that a sweep ends.
    public var sweepLimit: Int
    /// How often a call is tried while others change the same things.
    public var attempts: Int

    /// Bounds with their defaults: a minute, a thousand operations, sixteen attempts.
    public init(grace: Duration = .seconds(60), sweepLimit: Int = 1_000, attempts: Int = 16) {
        precondition(grace >= .zero, "a grace is not below zero")
        precondition(sweepLimit > 0 && attempts > 0, "there is at least one operation and one attempt")
        self.grace = grace
        self.sweepLimit = sweepLimit
        self.attempts = attempts
    }
}
