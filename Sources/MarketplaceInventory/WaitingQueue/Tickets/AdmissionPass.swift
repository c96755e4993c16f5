public import MarketplaceCore

/// That a member was let in: what a sale checks before it reserves.
public struct AdmissionPass: Hashable, Sendable, Codable {
    /// Who was let in.
    public let member: MemberKey
    /// The number of the ticket.
    public let number: Int64
    /// When the member entered.
    public let enteredAt: Timestamp
    /// The first moment at which it no longer holds; nil when the stay has no bound.
    public let validUntil: Timestamp?

    /// Makes a pass; for other forms of a queue.
    public init(member: MemberKey, number: Int64, enteredAt: Timestamp, validUntil: Timestamp?) {
        self.member = member
        self.number = number
        self.enteredAt = enteredAt
        self.validUntil = validUntil
    }

    /// Whether it holds at `time`, unless the member has gone out since.
    public func isValid(at time: Timestamp) -> Bool {
        validUntil.map { time < $0 } ?? true
    }
}
