/// Where the money of a refund goes.
public enum RefundDestination: String, Sendable, Hashable, Codable, CaseIterable {
    /// Back by the gateway to what the payment was made with.
    case payment
    /// To the buyer's store credit; nothing leaves the gateway.
    case storeCredit
}
