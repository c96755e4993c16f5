/// What a ledger account holds.
///
/// Amounts are signed: a debit is above zero, a credit below. Cash, debts of sellers and expenses stand above zero as
/// a rule, what the marketplace owes and what it earns below.
public enum LedgerAccountKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Asset: the money at the gateway and the bank.
    case cash
    /// Liability: credit that buyers can spend.
    case storeCredit = "store-credit"
    /// Liability: what buyers have paid for what is not delivered yet.
    case prepayments
    /// Liability: what a seller has earned and was not paid.
    case sellerPayable = "seller-payable"
    /// Liability: what of a seller's earnings is held back for returns.
    case sellerReserve = "seller-reserve"
    /// Asset: what a seller owes after returns of what was paid out.
    case sellerDebt = "seller-debt"
    /// Liability: payouts under way.
    case payoutClearing = "payout-clearing"
    /// Income: commissions, without tax.
    case commissionRevenue = "commission-revenue"
    /// Liability: the tax on commissions.
    case commissionTax = "commission-tax"
    /// Liability: the tax on what was sold, where the marketplace remits it.
    case salesTax = "sales-tax"
    /// Income: what was sold without a seller: the marketplace's own goods and deliveries.
    case ownSales = "own-sales"
    /// Expense: what promotions took off at the marketplace's cost.
    case promotionCost = "promotion-cost"
    /// Expense: what buyers were given beyond what they returned.
    case goodwill
    /// Expense: debts of sellers that were given up.
    case writeOffs = "write-offs"

    /// Whether there is one such account for each seller.
    public var isPerSeller: Bool {
        switch self {
        case .sellerPayable, .sellerReserve, .sellerDebt: true
        default: false
        }
    }
}
