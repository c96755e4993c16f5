/// Where a product is in its life.
public enum ProductStatus: String, Sendable, Hashable, Codable, CaseIterable {
    /// Being prepared; nobody can buy it.
    case draft
    /// On sale.
    case active
    /// Taken off sale for a while.
    case suspended
    /// Taken off sale for good.
    case archived
}
