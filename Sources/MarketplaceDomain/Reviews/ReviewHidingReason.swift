/// Why a review is taken out of sight.
public enum ReviewHidingReason: String, Sendable, Hashable, Codable, CaseIterable {
    /// It insults.
    case abuse
    /// It is not about the product.
    case offTopic
    /// It tells what is nobody's business.
    case personalData
    /// It advertises.
    case advertising
    /// It was paid for or made up.
    case fraud
    /// The law forbids it.
    case illegal
    /// Something else.
    case other
}
