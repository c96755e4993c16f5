/// In which capacity somebody acts.
public enum ActorRole: String, Sendable, Hashable, Codable, CaseIterable {
    /// Somebody who has not logged in.
    case visitor
    /// A member who buys.
    case buyer
    /// A seller, on the seller's own business.
    case seller
    /// Somebody who runs the marketplace.
    case `operator`
    /// The marketplace itself: a checkout, a job, a timer.
    case system
}
