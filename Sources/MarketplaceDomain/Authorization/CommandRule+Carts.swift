extension CommandRule {
    /// The rules of carts and wish lists of members; those of visitors are open to whoever has their id.
    static let carts = [readCart, changeCart]

    /// Look at a cart or a wish list.
    package static let readCart = CommandRule("cart.read", by: .owner, .operator, .system)
    /// Change a cart or a wish list.
    package static let changeCart = CommandRule("cart.change", by: .owner, .system)
}
