package import Marketplace

/// The same money counted three times: at the gateway and the bank and in the buyers' store credit, in the ledger, and by
/// the orders.
///
/// Exact to the minor unit, in every currency, as a whole and for each purchase, each payout and the store credit of each
/// buyer by itself.
package struct Reconciliation: Sendable, Hashable {
    /// One kind of movement in one currency, counted three times.
    package struct Line: Sendable, Hashable {
        /// What moved: it was taken from buyers or given back to them, or sent to sellers, or is left.
        package let title: String
        /// In which currency.
        package let currency: Currency
        /// What the gateway and the bank say.
        package let cash: Int128
        /// What the ledger says of the same.
        package let ledgerCash: Int128
        /// What the buyers' store credit says.
        package let credit: Int128
        /// What the ledger says of the same.
        package let ledgerCredit: Int128
        /// What the orders, returns and payouts say of both together.
        package let orders: Int128

        /// Whether all three are the same.
        package var isExact: Bool { difference == 0 }
        /// By how much they differ at most.
        package var difference: Int128 {
            max(abs(cash - ledgerCash), abs(credit - ledgerCredit), abs(cash + credit - orders))
        }
    }

    /// The movements, by currency.
    package let lines: [Line]
    /// Every purchase and payout that is not the same everywhere, in a sentence each.
    package let differences: [String]
    /// The store credit of every buyer, by currency.
    let credits: [CreditMoney]
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
        let credits = CreditMoney.all(evidence)
        self.credits = credits
        let currencies = Set(
            purchases.values.map(\.currency) + payouts.values.map(\.currency) + credits.map(\.owner.currency)
        )
        lines = currencies.sorted { $0.code < $1.code }.flatMap { currency in
            Self.lines(
                in: currency,
                purchases.values.filter { $0.currency == currency },
                payouts.values.filter { $0.currency == currency },
                credits.filter { $0.owner.currency == currency },
                balances: evidence.balances[currency] ?? [:]
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
        _ credits: [CreditMoney],
        balances: [LedgerAccountKind: Int64]
    ) -> [Line] {
        func line(_ title: String, _ counts: ThreeCounts, _ credit: (CreditMoney) -> Int128) -> Line {
            Line(
                title: title,
                currency: currency,
                cash: counts.cash,
                ledgerCash: counts.ledger,
                credit: credits.reduce(0) { $0 + credit($1) },
                ledgerCredit: counts.ledgerCredit,
                orders: counts.orders
            )
        }
        let taken = line("taken", purchases.reduce(ThreeCounts()) { $0 + $1.taken }, \.taken)
        let given = line("given back", purchases.reduce(ThreeCounts()) { $0 + $1.given }, \.given)
        let sent = line("sent", payouts.reduce(ThreeCounts()) { $0 + $1.sent }) { _ in 0 }
        return [
            taken, given, sent,
            Line(
                title: "left",
                currency: currency,
                cash: taken.cash - given.cash - sent.cash,
                // Not the sums of the entries again: what the accounts themselves stand at, and what buyers still have.
                ledgerCash: Int128(balances[.cash] ?? 0),
                credit: credits.reduce(0) { $0 + $1.left },
                ledgerCredit: Int128(balances[.storeCredit] ?? 0),
                orders: taken.orders - given.orders - sent.orders
            ),
        ]
    }
}
