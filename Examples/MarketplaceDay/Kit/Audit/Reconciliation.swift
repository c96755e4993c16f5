package import Marketplace

/// The same money counted three times: at the gateway and the bank, in the ledger, and by the orders.
///
/// Exact to the minor unit, in every currency, as a whole and for each purchase and each payout by itself.
package struct Reconciliation: Sendable, Hashable {
    /// One kind of movement in one currency, counted three times.
    package struct Line: Sendable, Hashable {
        /// What moved.
        package let title: String
        /// In which currency.
        package let currency: Currency
        /// What the gateway and the bank say.
        package let cash: Int128
        /// What the ledger says.
        package let ledger: Int128
        /// What the orders, returns and payouts say.
        package let orders: Int128

        /// Whether all three are the same.
        package var isExact: Bool { cash == ledger && ledger == orders }
        /// By how much they differ at most.
        package var difference: Int128 { max(cash, ledger, orders) - min(cash, ledger, orders) }
    }

    /// The movements, by currency.
    package let lines: [Line]
    /// Every purchase and payout that is not the same everywhere, in a sentence each.
    package let differences: [String]
    /// How many purchases were compared.
    package let purchaseCount: Int
    /// How many payouts were compared.
    package let payoutCount: Int

    /// Whether everything is the same everywhere.
    package var isExact: Bool { differences.isEmpty && lines.allSatisfy(\.isExact) }

    /// Compares what was left behind.
    ///
    /// - Throws: When amounts of one payment are in two currencies, or do not fit.
    package init(_ evidence: DayEvidence) throws {
        let purchases = try PurchaseMoney.all(evidence)
        let payouts = PayoutMoney.all(evidence)
        let currencies = Set(purchases.values.map(\.currency) + payouts.values.map(\.currency))
        lines = currencies.sorted { $0.code < $1.code }.flatMap { currency in
            Self.lines(
                in: currency,
                purchases.values.filter { $0.currency == currency },
                payouts.values.filter { $0.currency == currency },
                balance: evidence.balances[currency]?[.cash] ?? 0
            )
        }
        differences =
            purchases.sorted { $0.key.description < $1.key.description }.flatMap { $0.value.differences(of: $0.key) }
            + payouts.sorted { $0.key.description < $1.key.description }.compactMap { $0.value.difference(of: $0.key) }
        purchaseCount = purchases.count
        payoutCount = payouts.count
    }

    private static func lines(
        in currency: Currency,
        _ purchases: [PurchaseMoney],
        _ payouts: [PayoutMoney],
        balance: Int64
    ) -> [Line] {
        func line(_ title: String, _ sum: (PurchaseMoney) -> ThreeCounts) -> Line {
            let counts = purchases.reduce(ThreeCounts()) { $0 + sum($1) }
            return Line(
                title: title,
                currency: currency,
                cash: counts.cash,
                ledger: counts.ledger,
                orders: counts.orders
            )
        }
        let taken = line("taken from buyers", \.taken)
        let given = line("given back to buyers", \.given)
        let counts = payouts.reduce(ThreeCounts()) { $0 + $1.sent }
        let sent = Line(
            title: "sent to sellers",
            currency: currency,
            cash: counts.cash,
            ledger: counts.ledger,
            orders: counts.orders
        )
        return [
            taken, given, sent,
            Line(
                title: "left",
                currency: currency,
                cash: taken.cash - given.cash - sent.cash,
                // Not the sum of the entries again: what the account itself stands at.
                ledger: Int128(balance),
                orders: taken.orders - given.orders - sent.orders
            ),
        ]
    }
}
