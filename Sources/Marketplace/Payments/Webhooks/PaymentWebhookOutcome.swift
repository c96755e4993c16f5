public import MarketplaceDomain

/// What became of a webhook that was taken in: answer each with 200, for sending it again changes nothing.
public enum PaymentWebhookOutcome: Sendable, Hashable {
    /// The payment knows what it tells, now or since before.
    case applied(PaymentID)
    /// The same notice was dealt with before.
    case duplicate
    /// It cannot be applied yet; it is kept, listed, and tried again.
    case kept(KeptNotice.Reason)
    /// It does not fit the payment: it is not applied, and listed for somebody to look.
    case discrepancy(PaymentDiscrepancy)
    /// It is about something that is no concern of payments.
    case ignored
}
