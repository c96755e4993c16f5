/// Where a category is in its life.
public enum CategoryStatus: String, Sendable, Hashable, Codable, CaseIterable {
    /// In use.
    case active
    /// No longer shown; what stands in it stays.
    case archived
}
