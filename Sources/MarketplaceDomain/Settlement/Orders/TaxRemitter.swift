/// Who pays the tax on what a seller sold to the state.
public enum TaxRemitter: String, Sendable, Hashable, Codable, CaseIterable {
    /// The seller, who is paid out the tax with the price.
    case seller
    /// The marketplace, which keeps it.
    case marketplace
}
