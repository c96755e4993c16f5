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
    /// Money was given back or goods were sent instead.
    case completed
    /// The seller does not agree.
    case rejected
    /// The buyer has changed their mind, or never sent the goods.
    case canceled
}
