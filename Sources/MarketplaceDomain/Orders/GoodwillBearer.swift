/// At whose cost a buyer is given something as goodwill.
public enum GoodwillBearer: String, Sendable, Hashable, Codable, CaseIterable {
    /// At the marketplace's.
    case marketplace
    /// At the cost of whoever sells the order.
    case seller
}
