public import MarketplaceCore

/// A line of an order, or a delivery charge, as it is settled: who gets what of every unit, frozen when it is placed.
///
/// Neither discounts nor commissions are computed again: deliveries and refunds read them here.
public struct SettledLine: Sendable, Hashable, Codable {
    /// The line or the charge, as the shares of the order name it.
    public let id: BasketLineID
    /// Who sells it; nil for the marketplace itself, which takes no commission of itself.
    public let sellerID: SellerID?
    /// Goods or a delivery.
    public let kind: SettledLineKind
    /// Who remits the tax on it.
    public let taxRemitter: TaxRemitter
    /// What the buyer pays for each unit, tax included.
    public let paid: UnitAmounts
    /// The tax in it.
    public let tax: UnitAmounts
    /// What promotions took off each unit at the marketplace's cost, which the seller gets on top of what was paid;
    /// below zero where the seller pays for discounts on goods of others.
    public let promotion: UnitAmounts
    /// The commission on each unit, without tax.
    public let fee: UnitAmounts
    /// The tax on the commission.
    public let feeTax: UnitAmounts
    /// The rule the commission comes from; that of the units which were ordered first, where others were added.
    public let rule: CommissionRuleID?

    /// A line whose amounts are known.
    ///
    /// - Parameters:
    ///   - id: The line or the charge.
    ///   - seller: Who sells it.
    ///   - kind: Goods or a delivery.
    ///   - taxRemitter: Who remits the tax on it.
    ///   - paid: What the buyer pays for each unit, tax included.
    ///   - tax: The tax in it.
    ///   - promotionMinor: What promotions took off at the marketplace's cost; spread over the units by `discount`.
    ///   - discount: What was taken off each unit.
    ///   - commission: The commission on the line; spread over the units by what is paid for them. None is taken where
    ///     there is no seller.
    /// - Throws: ``SettledLineError`` when numbers of units differ or an amount does not fit.
    public init(
        _ id: BasketLineID,
        seller: SellerID?,
        kind: SettledLineKind = .goods,
        taxRemitter: TaxRemitter = .seller,
        paid: UnitAmounts,
        tax: UnitAmounts,
        promotionMinor: Int64 = 0,
        discount: UnitAmounts? = nil,
        commission: Commission? = nil
    ) throws(SettledLineError) {
        guard paid.units == tax.units, discount.map({ $0.units == paid.units }) ?? true else {
            throw .unitsMismatch(id)
        }
        self.id = id
        sellerID = seller
        self.kind = kind
        self.taxRemitter = taxRemitter
        self.paid = paid
        self.tax = tax
        let taken = seller == nil ? nil : commission
        promotion = try UnitAmounts(spreading: promotionMinor, by: discount ?? paid)
        fee = try UnitAmounts(spreading: taken?.fee.minorUnits ?? 0, by: paid)
        feeTax = try UnitAmounts(spreading: taken?.tax.minorUnits ?? 0, by: fee)
        rule = taken?.rule
    }

    private enum CodingKeys: String, CodingKey {
        case id, sellerID, kind, taxRemitter, paid, tax, promotion, fee, feeTax, rule
    }

    /// Decodes a line, and checks that all its amounts are of as many units.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(BasketLineID.self, forKey: .id)
        sellerID = try container.decodeIfPresent(SellerID.self, forKey: .sellerID)
        kind = try container.decode(SettledLineKind.self, forKey: .kind)
        taxRemitter = try container.decode(TaxRemitter.self, forKey: .taxRemitter)
        paid = try container.decode(UnitAmounts.self, forKey: .paid)
        tax = try container.decode(UnitAmounts.self, forKey: .tax)
        promotion = try container.decode(UnitAmounts.self, forKey: .promotion)
        fee = try container.decode(UnitAmounts.self, forKey: .fee)
        feeTax = try container.decode(UnitAmounts.self, forKey: .feeTax)
        rule = try container.decodeIfPresent(CommissionRuleID.self, forKey: .rule)
        guard [tax, promotion, fee, feeTax].allSatisfy({ $0.units == paid.units }) else {
            let words = SettledLineError.unitsMismatch(id).description
            let context = DecodingError.Context(codingPath: decoder.codingPath, debugDescription: words)
            throw DecodingError.dataCorrupted(context)
        }
    }

    /// The first so many units of a line, and units that were added to it.
    ///
    /// - Throws: ``SettledLineError`` when the two are not of one kind and seller, or their amounts do not fit together.
    func first(_ count: Int, then added: SettledLine) throws(SettledLineError) -> SettledLine {
        guard added.id == id, added.sellerID == sellerID, added.kind == kind, added.taxRemitter == taxRemitter else {
            throw .otherLine(id)
        }
        return SettledLine(
            self,
            paid: try paid.first(count, then: added.paid),
            tax: try tax.first(count, then: added.tax),
            promotion: try promotion.first(count, then: added.promotion),
            fee: try fee.first(count, then: added.fee),
            feeTax: try feeTax.first(count, then: added.feeTax)
        )
    }

    private init(
        _ line: SettledLine,
        paid: UnitAmounts,
        tax: UnitAmounts,
        promotion: UnitAmounts,
        fee: UnitAmounts,
        feeTax: UnitAmounts
    ) {
        (id, sellerID, kind) = (line.id, line.sellerID, line.kind)
        (taxRemitter, rule) = (line.taxRemitter, line.rule)
        (self.paid, self.tax, self.promotion, self.fee, self.feeTax) = (paid, tax, promotion, fee, feeTax)
    }

    /// How many units it has.
    public var units: Int { paid.units }

    /// The account that gets what is left of a unit after commission: the seller's, or the marketplace's own.
    var earningsAccount: LedgerAccount { sellerID.map(LedgerAccount.sellerPayable) ?? .ownSales }

    /// Adds what so many units from a unit on move when they are earned (`sign` 1) or no longer are (-1).
    func addEarnings(
        from first: Int,
        units count: Int,
        sign: Int128,
        to amounts: inout [LedgerAccount: Int128]
    ) {
        func share(_ part: UnitAmounts) -> Int128 { sign * Int128(part.sum(from: first, units: count)) }
        let remitted = taxRemitter == .marketplace ? share(tax) : 0
        let earned = share(paid) + share(promotion) - share(fee) - share(feeTax) - remitted
        amounts[.prepayments, default: 0] += share(paid)
        amounts[.promotionCost, default: 0] += share(promotion)
        amounts[.commissionRevenue, default: 0] -= share(fee)
        amounts[.commissionTax, default: 0] -= share(feeTax)
        amounts[.salesTax, default: 0] -= remitted
        amounts[earningsAccount, default: 0] -= earned
    }
}
