public import MarketplaceCore

/// Where a ticket stands.
public enum WaitingStatus: Hashable, Sendable, Codable {
    /// It waits for its call.
    ///
    /// At most `before` tickets are called before it: those that left are counted until the line comes to them. The
    /// time follows from the rate, as if all before it came and the number of those inside did not bound it; no-shows
    /// make it earlier, a full house later.
    case waiting(before: Int64, estimatedCall: Timestamp)
    /// It was called: the member must enter before that time.
    case called(until: Timestamp)
    /// The member is inside.
    case inside(AdmissionPass)
    /// The member did not come in time.
    case missed
    /// The member gave it up before entering.
    case left
    /// The member was inside and is no longer.
    case exited
    /// The queue was closed to everybody before its call.
    case dismissed
}
