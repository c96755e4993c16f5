import MarketplaceCore

/// The tax on every line and charge, before promotions of the order and as paid.
struct PricedTaxes {
    private(set) var linesBefore: [TaxedAmount] = []
    private(set) var linesPaid: [TaxedAmount] = []
    private(set) var shippingBefore: [TaxedAmount] = []
    private(set) var shippingPaid: [TaxedAmount] = []
    private(set) var totals: [TaxTotal] = []
    /// What is paid in all, without tax and with it, in minor units.
    private(set) var net: Int64 = 0
    private(set) var gross: Int64 = 0

    init(run: PricingRun, state: PriceState) throws(PricingError) {
        let lines = run.basket.lines
        let charges = run.basket.shipping
        let rates = lines.map(\.tax) + charges.map(\.tax)
        let before = try Self.taxed(
            state.subtotal + charges.map(\.price.minorUnits),
            rates,
            run.policy.tax,
            run.basket.currency
        )
        let paid = try Self.taxed(state.left + state.shippingLeft, rates, run.policy.tax, run.basket.currency)
        linesBefore = Array(before.prefix(lines.count))
        shippingBefore = Array(before.dropFirst(lines.count))
        linesPaid = Array(paid.prefix(lines.count))
        shippingPaid = Array(paid.dropFirst(lines.count))
        try add(paid, rates, run.basket.currency)
    }

    private mutating func add(
        _ amounts: [TaxedAmount],
        _ rates: [TaxRate?],
        _ currency: Currency
    ) throws(PricingError) {
        var sums: [(rate: TaxRate?, net: Int64, gross: Int64)] = []
        for (amount, rate) in zip(amounts, rates) {
            net = try Self.sum(net, amount.net.minorUnits)
            gross = try Self.sum(gross, amount.gross.minorUnits)
            if let index = sums.firstIndex(where: { $0.rate == rate }) {
                // Parts of sums that fit.
                sums[index].net += amount.net.minorUnits
                sums[index].gross += amount.gross.minorUnits
            } else {
                sums.append((rate, amount.net.minorUnits, amount.gross.minorUnits))
            }
        }
        totals = sums.map { sum in
            TaxTotal(rate: sum.rate, amount: Self.amount(net: sum.net, gross: sum.gross, currency))
        }
    }

    private static func sum(_ left: Int64, _ right: Int64) throws(PricingError) -> Int64 {
        let (sum, overflow) = left.addingReportingOverflow(right)
        guard !overflow else { throw .overflow(.total) }
        return sum
    }

    private static func amount(net: Int64, gross: Int64, _ currency: Currency) -> TaxedAmount {
        TaxedAmount(
            net: Money(minorUnits: net, currency),
            tax: Money(minorUnits: gross - net, currency),
            gross: Money(minorUnits: gross, currency)
        )
    }

    /// Amounts in the terms of their prices, as net, tax and gross.
    private static func taxed(
        _ amounts: [Int64],
        _ rates: [TaxRate?],
        _ policy: TaxPolicy,
        _ currency: Currency
    ) throws(PricingError) -> [TaxedAmount] {
        switch policy.place {
        case .line:
            var result: [TaxedAmount] = []
            result.reserveCapacity(amounts.count)
            for (minor, rate) in zip(amounts, rates) {
                let (net, gross) = try split(minor, rate, policy.rounding)
                result.append(amount(net: net, gross: gross, currency))
            }
            return result
        case .rate:
            return try taxedByRate(amounts, rates, policy, currency)
        }
    }

    /// Tax rounded once for each rate; lines have shares of it in proportion to their amounts.
    private static func taxedByRate(
        _ amounts: [Int64],
        _ rates: [TaxRate?],
        _ policy: TaxPolicy,
        _ currency: Currency
    ) throws(PricingError) -> [TaxedAmount] {
        let none = amount(net: 0, gross: 0, currency)
        var result = [TaxedAmount](repeating: none, count: amounts.count)
        var indicesOfRates: [(rate: TaxRate?, indices: [Int])] = []
        for (index, rate) in rates.enumerated() {
            if let position = indicesOfRates.firstIndex(where: { $0.rate == rate }) {
                indicesOfRates[position].indices.append(index)
            } else {
                indicesOfRates.append((rate, [index]))
            }
        }
        for (rate, indices) in indicesOfRates {
            let weights = indices.map { amounts[$0] }
            let (net, gross) = try split(weights.reduce(0, +), rate, policy.rounding)
            // Nothing is split where nothing is paid.
            let shares = (try? Allocation.shares(of: gross - net, by: weights)) ?? weights.map { _ in 0 }
            for (index, tax) in zip(indices, shares) {
                let minor = amounts[index]
                result[index] =
                    rate?.isIncluded == true
                    ? amount(net: minor - tax, gross: minor, currency)
                    : amount(net: minor, gross: try sum(minor, tax), currency)
            }
        }
        return result
    }

    /// The net and the gross amount of one in the terms of its price.
    private static func split(
        _ minor: Int64,
        _ rate: TaxRate?,
        _ rounding: RoundingMode
    ) throws(PricingError) -> (net: Int64, gross: Int64) {
        guard let rate else { return (minor, minor) }
        let ratio = rate.percentage.ratio
        let denominator = Int128(ratio.denominator)
        if rate.isIncluded {
            let (above, overflow) = Int128(minor).multipliedReportingOverflow(by: denominator)
            guard !overflow else { throw .overflow(.percentage(rate.percentage)) }
            let net = rounding.quotient(of: above, by: denominator + Int128(ratio.numerator))
            return (Int64(clamping: net), minor)
        }
        let (above, overflow) = Int128(minor).multipliedReportingOverflow(by: Int128(ratio.numerator))
        guard !overflow, let tax = Int64(exactly: rounding.quotient(of: above, by: denominator)) else {
            throw .overflow(.percentage(rate.percentage))
        }
        return (minor, try sum(minor, tax))
    }
}
