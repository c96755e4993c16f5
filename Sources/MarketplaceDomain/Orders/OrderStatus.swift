/// Where an order is in its life.
public enum OrderStatus: String, Sendable, Hashable, Codable, CaseIterable {
    /// Placed; its checkout is going on.
    case pending
    /// Paid for, its stock taken.
    case confirmed
    /// Called off by somebody.
    case canceled
    /// Its checkout came to nothing: nobody called it off.
    case failed
}
