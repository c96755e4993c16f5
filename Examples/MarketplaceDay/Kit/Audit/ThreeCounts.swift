/// An amount in minor units, counted three times.
struct ThreeCounts: Sendable, Hashable {
    /// What the gateway and the bank say.
    var cash: Int128 = 0
    /// What the ledger says of the same.
    var ledger: Int128 = 0
    /// What the ledger says was store credit and not money.
    var ledgerCredit: Int128 = 0
    /// What the orders, returns and payouts say of both together.
    var orders: Int128 = 0

    /// Whether all three are the same.
    var isExact: Bool { cash == ledger && ledger + ledgerCredit == orders }

    static func + (left: ThreeCounts, right: ThreeCounts) -> ThreeCounts {
        ThreeCounts(
            cash: left.cash + right.cash,
            ledger: left.ledger + right.ledger,
            ledgerCredit: left.ledgerCredit + right.ledgerCredit,
            orders: left.orders + right.orders
        )
    }
}
