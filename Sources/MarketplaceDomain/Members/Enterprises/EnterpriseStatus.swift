/// Where an enterprise is in its life.
public enum EnterpriseStatus: String, Sendable, Hashable, Codable, CaseIterable {
    /// Waits for verification.
    case pending
    /// Was found to be what it says it is.
    case verified
    /// Was not, or is no longer, taken for what it says it is.
    case rejected
}
