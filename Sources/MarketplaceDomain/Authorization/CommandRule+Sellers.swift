extension CommandRule {
    /// The rules of seller accounts.
    static let sellers = [applyAsSeller, verifySeller, suspendSeller, reinstateSeller, closeSeller]

    /// Apply to sell.
    static let applyAsSeller = CommandRule("seller.apply", by: .owner, .operator, .system)
    /// Let a seller in.
    static let verifySeller = CommandRule("seller.verify", by: .operator, .system)
    /// Stop a seller for a while.
    static let suspendSeller = CommandRule("seller.suspend", by: .operator, .system)
    /// Let a suspended seller sell again.
    static let reinstateSeller = CommandRule("seller.reinstate", by: .operator)
    /// End a seller's account.
    static let closeSeller = CommandRule("seller.close", by: .owner, .seller, .operator, .system)
}

extension SellerAccountAction: RuledAction {
    /// Who may ask for it.
    public var rule: CommandRule {
        switch self {
        case .apply: .applyAsSeller
        case .verify: .verifySeller
        case .suspend: .suspendSeller
        case .reinstate: .reinstateSeller
        case .close: .closeSeller
        }
    }
}
