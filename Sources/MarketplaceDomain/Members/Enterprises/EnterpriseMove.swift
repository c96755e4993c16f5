/// The named moves of an enterprise's lifecycle.
public enum EnterpriseMove: String, Sendable, Hashable, CaseIterable {
    /// Register it.
    case register
    /// Find it to be what it says it is.
    case verify
    /// Reject it.
    case reject
    /// Put it up for verification again.
    case resubmit
}
