/// The named moves of an order's lifecycle.
public enum OrderMove: String, Sendable, Hashable, CaseIterable {
    /// Place it.
    case create
    /// Take note that it is paid and its stock taken.
    case confirm
    /// Call it off.
    case cancel
    /// Take note that its checkout came to nothing.
    case fail
}
