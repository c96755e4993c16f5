/// The named moves of a seller account's lifecycle.
public enum SellerAccountMove: String, Sendable, Hashable, CaseIterable {
    /// Apply to sell.
    case apply
    /// Let the seller in.
    case verify
    /// Stop the seller for a while.
    case suspend
    /// Let a suspended seller sell again.
    case reinstate
    /// End the account.
    case close
}
