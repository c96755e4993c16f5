/// Where a payout is in its life.
public enum PayoutStatus: String, Sendable, Hashable, Codable, CaseIterable {
    /// Its items are settled, and nothing was sent.
    case created
    /// The bank was asked, or is about to be; it may have done it.
    case sent
    /// It reached the seller.
    case paid
    /// The bank refused it: the seller is owed it again.
    case failed
    /// It came back from the seller's bank: the seller is owed it again.
    case returned
}
