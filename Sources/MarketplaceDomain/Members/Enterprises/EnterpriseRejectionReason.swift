/// Why an enterprise was rejected.
public enum EnterpriseRejectionReason: String, Sendable, Hashable, Codable, CaseIterable {
    /// The public register does not know it.
    case notFound
    /// The public register says something else.
    case mismatch
    /// Documents are missing.
    case documentsMissing
    /// It broke the rules of the marketplace.
    case misuse
}
