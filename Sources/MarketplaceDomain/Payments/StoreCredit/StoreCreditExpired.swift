public import MarketplaceCore

/// Store credit expired that was neither spent nor set aside.
public struct StoreCreditExpired: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "StoreCreditExpired" }

    /// Whose credit it was.
    public let memberID: MemberID
    /// How much.
    public let amount: Money
    /// Until when it could have been spent.
    public let expiresAt: Timestamp
    /// When it was taken off.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(memberID: MemberID, amount: Money, expiresAt: Timestamp, at: Timestamp) {
        self.memberID = memberID
        self.amount = amount
        self.expiresAt = expiresAt
        self.at = at
    }
}
