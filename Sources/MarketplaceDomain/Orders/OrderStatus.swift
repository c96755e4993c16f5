/// Where an order is in its life.
public enum OrderStatus: String, Sendable, Hashable, Codable, CaseIterable {
    /// Placed; its checkout is going on.
    case pending
    /// Paid for, its stock taken.
    case confirmed
    /// The seller is getting it ready.
    case preparing
    /// Some of it is on its way or there, some is not.
    case partiallyShipped
    /// All of it is on its way, or there in part.
    case shipped
    /// All of it is there.
    case delivered
    /// Nobody can call anything off any more: the buyer has confirmed it, or let the time pass.
    case completed
    /// Called off by somebody.
    case canceled
    /// Its checkout came to nothing: nobody called it off.
    case failed
    /// It was never paid for.
    case expired
}
