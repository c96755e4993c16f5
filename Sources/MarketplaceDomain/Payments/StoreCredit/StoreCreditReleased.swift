public import MarketplaceCore

/// Store credit that was set aside was set free: the purchase came to nothing, or took too long.
public struct StoreCreditReleased: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "StoreCreditReleased" }

    /// Whose credit it is.
    public let memberID: MemberID
    /// What names the purchase.
    public let key: IdempotencyKey
    /// How much.
    public let amount: Money
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(memberID: MemberID, key: IdempotencyKey, amount: Money, by: CommandActor, at: Timestamp) {
        self.memberID = memberID
        self.key = key
        self.amount = amount
        self.by = by
        self.at = at
    }
}
