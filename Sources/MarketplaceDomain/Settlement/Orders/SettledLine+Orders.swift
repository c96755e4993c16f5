public import MarketplaceCore

extension SettledLine {
    /// The lines and delivery charges of an order as they are settled.
    ///
    /// What each unit was sold for comes from the order's shares, or where it has none is its price. A promotion's cost
    /// is shared as the shares say: what a seller bears of it is off the seller's earnings, the rest is the marketplace's
    /// and is spread over the discounted lines of the seller in proportion to what was taken off them.
    ///
    /// - Parameters:
    ///   - order: The order as it was placed.
    ///   - terms: The terms.
    ///   - categories: The categories of products, for rules that look at them.
    ///   - carriers: Who gets which delivery charge; those not listed are the marketplace's own.
    /// - Returns: The lines in the order's order, then the delivery charges.
    /// - Throws: ``SettledLineError`` when an amount does not fit or the shares are of another order.
    public static func lines(
        of order: OrderCreated,
        on terms: SettlementTerms,
        categories: [ProductID: Set<CategoryID>] = [:],
        carriers: [BasketLineID: SellerID] = [:]
    ) throws(SettledLineError) -> [SettledLine] {
        var drafts: [SettledLineDraft] = []
        if let shares = order.shares {
            guard shares.lines.count == order.lines.count else { throw .sharesMismatch(order.orderID) }
            for (line, share) in zip(order.lines, shares.lines) {
                drafts.append(try SettledLineDraft(share, of: line, categories: categories))
            }
            for charge in shares.shipping {
                drafts.append(try SettledLineDraft(charge, for: carriers[charge.id]))
            }
        } else {
            for (index, line) in order.lines.enumerated() {
                // An index has a few digits, and a key may have hundreds.
                let id = BasketLineID(unchecked: String(index))
                let price = line.unitPrice.minorUnits
                let run = FrozenShares.Run(
                    units: line.quantity.value,
                    discountMinor: 0,
                    taxMinor: 0,
                    paidMinor: price
                )
                drafts.append(
                    try SettledLineDraft(FrozenShares.Line(id, [run]), of: line, categories: categories)
                )
            }
        }
        let promotions = try promotionShares(of: drafts, order.shares?.promotions ?? [])
        var lines: [SettledLine] = []
        for (draft, promotion) in zip(drafts, promotions) {
            lines.append(try draft.line(on: terms, in: order.total.currency, promotionMinor: promotion))
        }
        return lines
    }

    /// What the marketplace pays of the discounts on each draft.
    private static func promotionShares(
        of drafts: [SettledLineDraft],
        _ promotions: [FrozenShares.Discount]
    ) throws(SettledLineError) -> [Int64] {
        var shares = [Int64](repeating: 0, count: drafts.count)
        for seller in Set(drafts.map(\.sellerID)) {
            let own = drafts.indices.filter { drafts[$0].sellerID == seller && drafts[$0].discount.totalMinor > 0 }
            let weights = own.map { drafts[$0].discount.totalMinor }
            let taken = weights.reduce(Int128(0)) { $0 + Int128($1) }
            var borne: Int128 = 0
            for discount in promotions {
                for cost in discount.sellers where seller.map({ SellerKey($0) }) == cost.seller {
                    borne += Int128(cost.amountMinor)
                }
            }
            guard !own.isEmpty else {
                // Who bears a discount without having one: the cost is the first line's, which earns so much less.
                guard borne != 0, let first = drafts.firstIndex(where: { $0.sellerID == seller }) else { continue }
                guard let cost = Int64(exactly: -borne) else { throw .overflow }
                shares[first] = cost
                continue
            }
            guard let total = Int64(exactly: taken - borne) else { throw .overflow }
            do throws(AllocationError) {
                for (index, share) in zip(own, try Allocation.shares(of: total, by: weights)) { shares[index] = share }
            } catch {
                throw .overflow
            }
        }
        return shares
    }
}

/// A line before its commission is known.
struct SettledLineDraft {
    let id: BasketLineID
    let sellerID: SellerID?
    let kind: SettledLineKind
    let paid: UnitAmounts
    let tax: UnitAmounts
    let discount: UnitAmounts
    let facts: CommissionFacts

    init(
        _ share: FrozenShares.Line,
        of line: OrderLine,
        categories: [ProductID: Set<CategoryID>]
    ) throws(SettledLineError) {
        id = share.id
        sellerID = line.sellerID
        kind = .goods
        paid = try UnitAmounts(share.runs.map { UnitAmounts.Run(units: $0.units, eachMinor: $0.paidMinor) })
        tax = try UnitAmounts(share.runs.map { UnitAmounts.Run(units: $0.units, eachMinor: $0.taxMinor) })
        discount = try UnitAmounts(share.runs.map { UnitAmounts.Run(units: $0.units, eachMinor: $0.discountMinor) })
        facts = CommissionFacts(of: line, categories: categories)
    }

    init(_ charge: FrozenShares.Charge, for seller: SellerID?) throws(SettledLineError) {
        id = charge.id
        sellerID = seller
        kind = .delivery
        paid = try UnitAmounts([UnitAmounts.Run(units: 1, eachMinor: charge.paidMinor)])
        tax = try UnitAmounts([UnitAmounts.Run(units: 1, eachMinor: charge.taxMinor)])
        discount = try UnitAmounts([UnitAmounts.Run(units: 1, eachMinor: charge.discountMinor)])
        facts = CommissionFacts([.seller: Set([seller?.description].compactMap { $0 })])
    }

    func line(
        on terms: SettlementTerms,
        in currency: Currency,
        promotionMinor: Int64
    ) throws(SettledLineError) -> SettledLine {
        let basis = CommissionBasis(
            // What was paid is no less than the tax in it.
            net: Money(minorUnits: paid.totalMinor - tax.totalMinor, currency),
            grossMinor: paid.totalMinor,
            units: paid.units,
            kind: kind
        )
        return try SettledLine(
            id,
            seller: sellerID,
            kind: kind,
            taxRemitter: sellerID == nil ? .marketplace : terms.taxRemitter,
            paid: paid,
            tax: tax,
            promotionMinor: promotionMinor,
            discount: discount,
            commission: try terms.commission(on: basis, of: facts)
        )
    }
}

extension CommissionFacts {
    /// What rules can look at of a line of an order.
    init(of line: OrderLine, categories: [ProductID: Set<CategoryID>]) {
        let listed = line.productID.flatMap { categories[$0] } ?? []
        self.init([
            .seller: Set([line.sellerID?.description].compactMap { $0 }),
            .product: Set([line.productID?.description].compactMap { $0 }),
            .category: Set(listed.map(\.description)),
        ])
    }
}

extension SettlementTerms {
    func commission(on basis: CommissionBasis, of facts: CommissionFacts) throws(SettledLineError) -> Commission {
        do throws(CommissionError) {
            return try commissions.commission(on: basis, of: facts)
        } catch {
            throw .commission(error)
        }
    }
}
