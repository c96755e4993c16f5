public import MarketplaceCore

/// What an entry of the ledger is for.
///
/// One flat form for all kinds: whatever a kind does not need is nil or empty.
public struct LedgerCause: Sendable, Hashable, Codable {
    /// What happened.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// Money of a buyer was taken.
        case capture
        /// Units came to the buyer, and are earned.
        case delivery
        /// Units that had not come to the buyer were refunded; without units, what changes had called off.
        case cancellation
        /// Units that had come to the buyer were refunded.
        case refund
        /// A buyer was given something beyond what was returned, or is owed it.
        case goodwill
        /// A part of a refund was kept back.
        case retention
        /// Earnings became a payout; without a payout, a reserve, since all of them are held back.
        case payout
        /// A payout reached the seller.
        case payoutPaid = "payout-paid"
        /// A payout did not leave, and is owed again.
        case payoutFailed = "payout-failed"
        /// A payout came back, and is owed again.
        case payoutReturned = "payout-returned"
        /// What a seller owes after refunds became a debt.
        case debt
        /// A debt was given up.
        case writeOff = "write-off"
        /// A seller paid a debt.
        case repayment
    }

    /// How far goodwill has come that is promised before it is given.
    ///
    /// It is the amount of two causes then: whoever sums amounts of causes counts it twice. Balances are sums over the
    /// lines of entries.
    public enum GoodwillStage: String, Sendable, Hashable, Codable, CaseIterable {
        /// It is owed to the buyer, at the cost of whoever bears it.
        case owed
        /// What was owed was given.
        case paid
    }

    /// What happened.
    public let kind: Kind
    /// The order it is about.
    public let orderID: OrderID?
    /// The payout it is about.
    public let payoutID: PayoutID?
    /// The seller it is about; of a refund, who bears or keeps ``keptMinor``, nil for the marketplace.
    public let sellerID: SellerID?
    /// The units it is about, as far as they are stated.
    public let units: [LineUnits]
    /// The amount it is about, as far as it is stated; of a refund, what was given.
    public let amount: Money?
    /// With what it was paid or given back.
    public let tender: SettlementTender?
    /// What of a refund the buyer had been given before, and who gets it back for that; nil where nothing.
    public let reversals: [GoodwillReversal]?
    /// How far goodwill has come; nil where it was given at once, and of everything else.
    public let goodwillStage: GoodwillStage?
    /// What of a refund was said to have been given before, as far as it was.
    public let givenBefore: Money?
    /// What of a refund was kept back, in minor units, or below zero what was borne that it gave beyond what was paid for
    /// its units; nil where nothing, or where it was not said what was given.
    public let keptMinor: Int64?

    init(
        _ kind: Kind,
        order: OrderID? = nil,
        payout: PayoutID? = nil,
        seller: SellerID? = nil,
        units: [LineUnits] = [],
        amount: Money? = nil,
        tender: SettlementTender? = nil,
        reversals: [GoodwillReversal]? = nil,
        goodwillStage: GoodwillStage? = nil,
        givenBefore: Money? = nil,
        keptMinor: Int64? = nil
    ) {
        self.kind = kind
        orderID = order
        payoutID = payout
        sellerID = seller
        self.units = units
        self.amount = amount
        self.tender = tender
        self.reversals = reversals
        self.goodwillStage = goodwillStage
        self.givenBefore = givenBefore
        self.keptMinor = keptMinor
    }

    /// Whether it is for the same, whatever of it turned out to go back to whom or to be kept.
    func isSame(as other: LedgerCause) -> Bool {
        kind == other.kind && orderID == other.orderID && payoutID == other.payoutID && sellerID == other.sellerID
            && units == other.units && amount == other.amount && tender == other.tender
            && goodwillStage == other.goodwillStage && givenBefore == other.givenBefore
    }
}
