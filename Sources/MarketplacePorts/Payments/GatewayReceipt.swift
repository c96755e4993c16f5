public import MarketplaceCore
public import MarketplaceDomain

/// What a payment gateway answers when it has done what it was asked.
public struct GatewayReceipt: Sendable, Hashable, Codable {
    /// What the gateway calls the payment.
    public let reference: GatewayReference
    /// How much was set aside, taken, set free or given back; nil for a void that had nothing to set free.
    public let amount: Money?

    /// Makes a receipt.
    public init(reference: GatewayReference, amount: Money?) {
        self.reference = reference
        self.amount = amount
    }
}
