/// Why an order goes on although its buyer has asked to call it off.
public enum CancellationRejectionReason: String, Sendable, Hashable, Codable, CaseIterable {
    /// It is packed, and the carrier is on the way.
    case alreadyPacked
    /// It was made for this buyer.
    case madeToOrder
    /// Something else.
    case other
}
