/// Where a return is in its life.
public enum ReturnStatus: String, Sendable, Hashable, Codable, CaseIterable {
    /// The buyer has asked for it.
    case requested
    /// The seller agrees: the goods can be sent back.
    case approved
    /// The goods are on their way back.
    case inTransit
    /// The goods are back and were looked at.
    case received
    /// What is given back or sent instead is fixed; ``OrderReturn/isSettled`` tells whether it has happened.
    case completed
    /// The seller does not agree.
    case rejected
    /// The buyer has changed their mind, or never sent the goods.
    case canceled
}
