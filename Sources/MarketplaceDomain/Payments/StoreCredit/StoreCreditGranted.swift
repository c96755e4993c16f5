public import MarketplaceCore

/// A member was given store credit.
public struct StoreCreditGranted: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "StoreCreditGranted" }

    /// Whose credit it is.
    public let memberID: MemberID
    /// What names the grant.
    public let key: IdempotencyKey
    /// How much.
    public let amount: Money
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp
    /// When it expires; nil when it does not.
    public let expiresAt: Timestamp?

    /// Makes the facts of the event.
    public init(
        memberID: MemberID,
        key: IdempotencyKey,
        amount: Money,
        by: CommandActor,
        at: Timestamp,
        expiresAt: Timestamp? = nil
    ) {
        self.memberID = memberID
        self.key = key
        self.amount = amount
        self.by = by
        self.at = at
        self.expiresAt = expiresAt
    }
}
