/// Why a gift card was called off.
public enum GiftCardCancellationReason: String, Sendable, Hashable, Codable, CaseIterable {
    /// It should not have been issued, or not so.
    case issuedInError
    /// What was paid for it was given back.
    case refunded
    /// Whoever was to have it has lost its code, and gets another card.
    case lost
    /// It looks like fraud.
    case fraudSuspected
    /// Something else.
    case other
}
