public import MarketplaceCore

extension SettledLine {
    /// Units that a change added to a line of an order, as they are settled.
    ///
    /// Their commission is what the commission on the line lacks with them, on the terms that hold now: a floor, a cap
    /// and a fee per line count once for the line, also where units were called off that bore a share of it. What is
    /// frozen for its other units stays. What was taken off the price of added units is off the seller's earnings.
    ///
    /// - Parameters:
    ///   - run: What each of them is sold for.
    ///   - line: The line as it is settled.
    ///   - kept: How many of its first units stay.
    ///   - ordered: The line of the order.
    ///   - terms: The terms.
    ///   - categories: The categories of products, for rules that look at them.
    ///   - currency: The order's currency.
    /// - Returns: The added units as a line of their own, with the id of the line.
    /// - Throws: ``SettledLineError`` when an amount does not fit.
    public static func addition(
        _ run: FrozenShares.Run,
        to line: SettledLine,
        keeping kept: Int,
        of ordered: OrderLine,
        on terms: SettlementTerms,
        categories: [ProductID: Set<CategoryID>] = [:],
        in currency: Currency
    ) throws(SettledLineError) -> SettledLine {
        let paid = try UnitAmounts([UnitAmounts.Run(units: run.units, eachMinor: run.paidMinor)])
        let tax = try UnitAmounts([UnitAmounts.Run(units: run.units, eachMinor: run.taxMinor)])
        let facts = CommissionFacts(of: ordered, categories: categories)
        let (keptPaid, keptTax) = (line.paid.sum(from: 0, units: kept), line.tax.sum(from: 0, units: kept))
        let (wholePaid, overflow) = keptPaid.addingReportingOverflow(paid.totalMinor)
        guard !overflow else { throw .overflow }
        func commission(_ paidMinor: Int64, _ taxMinor: Int64, _ units: Int) throws(SettledLineError) -> Commission {
            // What was paid is no less than the tax in it, so neither sum nor difference overflows.
            let net = Money(minorUnits: paidMinor - taxMinor, currency)
            let basis = CommissionBasis(net: net, grossMinor: paidMinor, units: units, kind: line.kind)
            return try terms.commission(on: basis, of: facts)
        }
        let whole = try commission(wholePaid, keptTax + tax.totalMinor, kept + run.units)
        let known = try commission(line.paid.totalMinor, line.tax.totalMinor, line.units)
        let isFrozenSo =
            known.rule == line.rule && known.fee.minorUnits == line.fee.totalMinor
            && known.tax.minorUnits == line.feeTax.totalMinor
        // Where the terms are others by now, the units that stay count as those would have it, whatever they bear.
        let fees = isFrozenSo ? line.fee : try UnitAmounts(spreading: known.fee.minorUnits, by: line.paid)
        let feeTaxes = isFrozenSo ? line.feeTax : try UnitAmounts(spreading: known.tax.minorUnits, by: fees)
        return try SettledLine(
            line.id,
            seller: line.sellerID,
            kind: line.kind,
            taxRemitter: line.taxRemitter,
            paid: paid,
            tax: tax,
            commission: Commission(
                rule: whole.rule,
                // Neither is below zero, so no difference overflows; what is frozen is not given back.
                fee: Money(minorUnits: max(0, whole.fee.minorUnits - fees.sum(from: 0, units: kept)), currency),
                tax: Money(minorUnits: max(0, whole.tax.minorUnits - feeTaxes.sum(from: 0, units: kept)), currency)
            )
        )
    }
}
