public import MarketplaceDomain

/// What a payout provider answers when it has sent a payout.
public struct PayoutReceipt: Sendable, Hashable, Codable {
    /// What the provider calls it.
    public let reference: PayoutReference

    /// Makes a receipt.
    public init(reference: PayoutReference) {
        self.reference = reference
    }
}
