/// Why a payment came to nothing.
public enum PaymentFailureReason: String, Sendable, Hashable, Codable, CaseIterable {
    /// The gateway refused it.
    case declined
    /// What was set aside was not taken in time.
    case expired
    /// The buyer did not go through with it.
    case abandoned
    /// Something else stood in the way.
    case other
}
