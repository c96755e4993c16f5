/// Where a payment is in its life; how much was taken and given back is told by its amounts.
public enum PaymentStatus: String, Sendable, Hashable, Codable, CaseIterable {
    /// Begun; the gateway has set nothing aside yet.
    case created
    /// The gateway has set the amount aside; nothing was taken.
    case authorized
    /// A part or all was taken.
    case captured
    /// All that was taken was given back, and nothing more can be taken.
    case refunded
    /// Everything was set free; nothing was taken.
    case voided
    /// It came to nothing.
    case failed
}
