/// What a settled line is for.
public enum SettledLineKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Goods.
    case goods
    /// A delivery charge, which has one unit.
    case delivery
}
