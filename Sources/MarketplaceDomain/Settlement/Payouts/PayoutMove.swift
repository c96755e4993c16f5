/// A move in the life of a payout.
public enum PayoutMove: String, Sendable, Hashable, CaseIterable {
    /// Begin it.
    case create
    /// Take note that the bank is about to be asked.
    case send
    /// Take note that it reached the seller.
    case confirm
    /// Take note that the bank refused it.
    case fail
    /// Take note that it came back.
    case `return`
}
