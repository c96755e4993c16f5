/// What a payment gateway is asked to do.
public enum PaymentOperationKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Setting an amount aside.
    case authorize
    /// Taking what was set aside.
    case capture
    /// Setting free what was not taken.
    case void
    /// Giving back what was taken.
    case refund
}
