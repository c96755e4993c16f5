import MarketplaceCore

/// An exact fraction of two 128-bit numbers, not negative, in lowest terms.
///
/// Figures with four decimals each are squared and multiplied on the way to a safety stock: that does not fit a
/// `Ratio`, and does fit here. A result that does not fit even so is nil.
struct WideRatio: Hashable {
    let numerator: UInt128
    let denominator: UInt128

    static let zero = WideRatio(reduced: 0, over: 1)

    /// Nil for a negative fraction.
    init?(_ ratio: Ratio) {
        guard !ratio.isNegative else { return nil }
        self.init(reduced: UInt128(ratio.numerator), over: UInt128(ratio.denominator))
    }

    init(_ number: UInt64) {
        self.init(reduced: UInt128(number), over: 1)
    }

    private init(reduced numerator: UInt128, over denominator: UInt128) {
        self.numerator = numerator
        self.denominator = denominator
    }

    private init(reducing numerator: UInt128, over denominator: UInt128) {
        let divisor = Self.greatestCommonDivisor(numerator, denominator)
        self.init(reduced: numerator / divisor, over: denominator / divisor)
    }

    func times(_ other: WideRatio) -> WideRatio? {
        // Both fractions are in lowest terms, so dividing crosswise leaves the product in lowest terms as well.
        let first = Self.greatestCommonDivisor(numerator, other.denominator)
        let second = Self.greatestCommonDivisor(other.numerator, denominator)
        let (above, aboveOverflow) = (numerator / first).multipliedReportingOverflow(by: other.numerator / second)
        let (below, belowOverflow) = (denominator / second).multipliedReportingOverflow(by: other.denominator / first)
        guard !aboveOverflow, !belowOverflow else { return nil }
        return WideRatio(reduced: above, over: below)
    }

    func plus(_ other: WideRatio) -> WideRatio? {
        guard let (left, right, below) = overOneDenominator(with: other) else { return nil }
        let (above, overflow) = left.addingReportingOverflow(right)
        return overflow ? nil : WideRatio(reducing: above, over: below)
    }

    /// By how much it is above the other; zero when it is not.
    func excess(over other: WideRatio) -> WideRatio? {
        guard let (left, right, below) = overOneDenominator(with: other) else { return nil }
        return left > right ? WideRatio(reducing: left - right, over: below) : .zero
    }

    /// The quotient; nil when the other fraction is zero, too.
    func divided(by other: WideRatio) -> WideRatio? {
        guard other.numerator != 0 else { return nil }
        return times(WideRatio(reduced: other.denominator, over: other.numerator))
    }

    /// The least whole number that is not below the fraction.
    var roundedUp: UInt128 {
        let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
        return remainder == 0 ? quotient : quotient + 1
    }

    /// The greatest whole number that is not above the square root.
    var squareRootRoundedDown: UInt128 { (numerator / denominator).squareRootRoundedDown }

    /// The least whole number that is not below the square root.
    var squareRootRoundedUp: UInt128 {
        let root = squareRootRoundedDown
        // Only the square of a whole number has a whole root, and in lowest terms that has the denominator 1.
        return denominator == 1 && root * root == numerator ? root : root + 1
    }

    private func overOneDenominator(with other: WideRatio) -> (left: UInt128, right: UInt128, below: UInt128)? {
        let factor = other.denominator / Self.greatestCommonDivisor(denominator, other.denominator)
        let (left, leftOverflow) = numerator.multipliedReportingOverflow(by: factor)
        let (below, belowOverflow) = denominator.multipliedReportingOverflow(by: factor)
        guard !leftOverflow, !belowOverflow else { return nil }
        let (right, rightOverflow) = other.numerator.multipliedReportingOverflow(by: below / other.denominator)
        return rightOverflow ? nil : (left, right, below)
    }

    private static func greatestCommonDivisor(_ first: UInt128, _ second: UInt128) -> UInt128 {
        var (larger, smaller) = (first, second)
        while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
        return larger
    }
}

extension UInt128 {
    /// The greatest number whose square is not above this one, by Newton's method on whole numbers.
    ///
    /// The first guess is a power of two not below the root; from there the guesses fall until they have passed it.
    var squareRootRoundedDown: UInt128 {
        guard self > 1 else { return self }
        let bitCount = Self.bitWidth - leadingZeroBitCount
        var guess: UInt128 = 1 << ((bitCount + 1) / 2)
        while true {
            let next = (guess + self / guess) / 2
            guard next < guess else { return guess }
            guess = next
        }
    }
}
