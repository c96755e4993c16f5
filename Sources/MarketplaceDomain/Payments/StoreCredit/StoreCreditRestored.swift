public import MarketplaceCore

/// Store credit that was spent was given back.
public struct StoreCreditRestored: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "StoreCreditRestored" }

    /// Whose credit it is.
    public let memberID: MemberID
    /// What names the refund.
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
