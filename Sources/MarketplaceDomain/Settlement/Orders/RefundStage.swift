/// Whether what is refunded had come to the buyer.
public enum RefundStage: String, Sendable, Hashable, Codable, CaseIterable {
    /// It had not: nothing was earned with it.
    case beforeDelivery
    /// It had: what was earned with it is reversed, the commission with it.
    case afterDelivery
}
