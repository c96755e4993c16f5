/// Where a review is in its life.
public enum ReviewStatus: String, Sendable, Hashable, Codable, CaseIterable {
    /// Shown, and counted in the rating of its product.
    case published
    /// Taken out of sight by those who run the marketplace.
    case hidden
    /// Taken back by its author; its words are erased.
    case withdrawn
}
