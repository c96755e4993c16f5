/// The named moves of a review's lifecycle.
public enum ReviewMove: String, Sendable, Hashable, CaseIterable {
    /// Write it.
    case publish
    /// Change it.
    case edit
    /// Take it out of sight.
    case hide
    /// Show it again.
    case restore
    /// Take it back for good.
    case withdraw
}
