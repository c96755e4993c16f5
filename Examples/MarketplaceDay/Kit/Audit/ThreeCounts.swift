/// An amount in minor units, counted three times.
struct ThreeCounts: Sendable, Hashable {
    /// What the gateway and the bank say.
    var cash: Int128 = 0
    /// What the ledger says.
    var ledger: Int128 = 0
    /// What the orders, returns and payouts say.
    var orders: Int128 = 0

    /// Whether all three are the same.
    var isExact: Bool { cash == ledger && ledger == orders }

    static func + (left: ThreeCounts, right: ThreeCounts) -> ThreeCounts {
        ThreeCounts(
            cash: left.cash + right.cash,
            ledger: left.ledger + right.ledger,
            orders: left.orders + right.orders
        )
    }
}
