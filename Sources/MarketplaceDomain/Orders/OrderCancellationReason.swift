/// Why an order was called off.
public enum OrderCancellationReason: String, Sendable, Hashable, Codable, CaseIterable {
    /// The buyer changed their mind.
    case buyerRequest
    /// The seller cannot deliver.
    case sellerUnable
    /// It looks like fraud.
    case fraudSuspected
    /// Something else.
    case other
}
