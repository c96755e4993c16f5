public import MarketplaceCore

extension PricedBasket {
    /// What every unit is sold for, to be stored on the order: refunds and settlement read it there.
    ///
    /// Gifts are lines of their own behind the goods, without a price; a gift's line has the id `gift/<promotion>`.
    ///
    /// - Throws: `FrozenSharesError` when a gift's line has the id of another line.
    public func frozen() throws(FrozenSharesError) -> FrozenShares {
        let goods = lines.map { line in FrozenShares.Line(line.id, Self.runs(of: line)) }
        var gifts: [FrozenShares.Line] = []
        for gift in self.gifts {
            let run = FrozenShares.Run(units: gift.gift.quantity.value, discountMinor: 0, taxMinor: 0, paidMinor: 0)
            gifts.append(FrozenShares.Line(try gift.lineID(), [run]))
        }
        let charges = shipping.map { charge in
            FrozenShares.Charge(
                charge.id,
                discountMinor: charge.discount.minorUnits,
                taxMinor: charge.paid.tax.minorUnits,
                paidMinor: charge.paid.gross.minorUnits
            )
        }
        let discounts = outcomes.compactMap { outcome -> FrozenShares.Discount? in
            guard case .applied(let applied) = outcome.result else { return nil }
            return FrozenShares.Discount(
                applied.promotion,
                code: outcome.code,
                amountMinor: applied.amount.minorUnits,
                sellers: applied.costs.compactMap { cost in
                    cost.seller.map { FrozenShares.Cost($0, amountMinor: cost.amount.minorUnits) }
                }
            )
        }
        return try FrozenShares(totals.total.currency, lines: goods + gifts, shipping: charges, promotions: discounts)
    }

    /// The units of a line in runs whose discount, tax and price are equal.
    ///
    /// The tax of a line is split as evenly as its discount, so there are at most three different shares. Who pays a
    /// minor unit more has one more of the tax first, so that nobody has more tax than price.
    private static func runs(of line: PricedLine) -> [FrozenShares.Run] {
        let remainder: UnitRemainder = line.unitDiscounts.remainder == .firstUnits ? .lastUnits : .firstUnits
        let tax = UnitSplit(line.paid.tax, over: line.quantity.value, remainder: remainder)
        let addedTax = line.paid.gross.minorUnits - line.total.minorUnits
        let borders = [line.unitDiscounts, tax].flatMap { split in
            split.runs.dropLast().reduce(into: [Int]()) { $0.append(($0.last ?? 0) + $1.units) }
        }
        var runs: [FrozenShares.Run] = []
        var start = 0
        for end in Set(borders + [line.quantity.value]).sorted() {
            let discount = line.unitDiscounts[start].minorUnits
            let taxOfUnit = tax[start].minorUnits
            let price = line.unitPrice.minorUnits - discount + (addedTax > 0 ? taxOfUnit : 0)
            runs.append(
                FrozenShares.Run(
                    units: end - start,
                    discountMinor: discount,
                    taxMinor: taxOfUnit,
                    paidMinor: price
                )
            )
            start = end
        }
        return runs
    }
}

extension GiftLine {
    /// The id of the gift's line on the order.
    public func lineID() throws(FrozenSharesError) -> BasketLineID {
        do throws(TextKeyError) {
            return try BasketLineID(validating: "gift/\(promotion)")
        } catch {
            throw .doubleID(promotion.retyped(as: BasketLineSubject.self))
        }
    }
}
