public import MarketplaceCore

/// A member's place in a waiting queue.
///
/// It never changes; what becomes of it is its ``WaitingStatus``.
public struct WaitingTicket: Hashable, Sendable, Codable {
    /// Whose it is.
    public let member: MemberKey
    /// The number, from 1: who joins later has a greater one.
    public let number: Int64
    /// When the member joined.
    public let joinedAt: Timestamp

    /// Makes a ticket; for other forms of a queue.
    public init(member: MemberKey, number: Int64, joinedAt: Timestamp) {
        self.member = member
        self.number = number
        self.joinedAt = joinedAt
    }
}
