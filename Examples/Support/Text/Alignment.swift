/// The side of its column on which a text stands.
public enum Alignment: Hashable, Sendable {
    /// Words.
    case left
    /// Numbers, so that their digits line up.
    case right
}
