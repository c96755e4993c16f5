/// What became of a payout, as its provider itself remembers.
public enum PayoutLookUp: Sendable, Hashable {
    /// It was sent, with this receipt.
    case sent(PayoutReceipt)
    /// It was refused for this reason.
    case refused(PayoutProviderError)
    /// The provider has it and has not decided yet: look again.
    case pending
    /// The provider has never seen it; a request still under way may arrive later.
    case neverSeen
}
