import MarketplaceCore

/// An exact amount before it is rounded: a fraction of minor units that is not negative.
struct ExactAmount {
    /// Above the line.
    let numerator: Int128
    /// Below it; positive.
    let denominator: Int64

    init(_ minor: Int64) {
        numerator = Int128(minor)
        denominator = 1
    }

    /// So many of the equal parts of an amount.
    init(_ minor: Int64, parts: Int, of all: Int) {
        // Below 2^63 times 2^30.
        numerator = parts == all ? Int128(minor) : Int128(minor) * Int128(parts)
        denominator = parts == all ? 1 : Int64(all)
    }

    /// The amount in whole minor units, cut off.
    var floor: Int64 {
        // No part of an amount is above it.
        denominator == 1
            ? Int64(truncatingIfNeeded: numerator) : Int64(truncatingIfNeeded: numerator / Int128(denominator))
    }

    /// A percentage of it, rounded; divided by a number before that, where the share of one unit is rounded.
    func share(
        _ percentage: Percentage,
        rounding: RoundingMode,
        dividedBy divisor: Int = 1
    ) throws(PricingError) -> Int64 {
        let ratio = percentage.ratio
        if denominator == 1, divisor == 1, let minor = Int64(exactly: numerator) {
            let (product, overflow) = minor.multipliedReportingOverflow(by: ratio.numerator)
            // A division in 64 bits costs a fraction of one in 128.
            if !overflow { return rounding.quotient(of: product, by: ratio.denominator) }
        }
        let (above, isTooLarge) = numerator.multipliedReportingOverflow(by: Int128(ratio.numerator))
        let (parts, isTooFine) = Int128(denominator).multipliedReportingOverflow(by: Int128(divisor))
        let (below, overflow) = parts.multipliedReportingOverflow(by: Int128(ratio.denominator))
        guard !isTooLarge, !isTooFine, !overflow else { throw .overflow(.percentage(percentage)) }
        // At most the whole, or one more where the mode rounds up.
        return Int64(clamping: rounding.quotient(of: above, by: below))
    }
}
