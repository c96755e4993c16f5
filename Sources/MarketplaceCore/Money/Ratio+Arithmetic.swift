extension Ratio {
    /// The exact sum.
    public static func + (left: Ratio, right: Ratio) throws(RatioError) -> Ratio {
        // Each product is below 2^126 in magnitude, so their sum fits in an Int128.
        let numerator = left.crossProduct(right) + right.crossProduct(left)
        guard let sum = Ratio(reducing: numerator, over: left.commonDenominator(right)) else {
            throw .overflow(.addition(left, right))
        }
        return sum
    }

    /// The exact difference.
    public static func - (left: Ratio, right: Ratio) throws(RatioError) -> Ratio {
        let numerator = left.crossProduct(right) - right.crossProduct(left)
        guard let difference = Ratio(reducing: numerator, over: left.commonDenominator(right)) else {
            throw .overflow(.subtraction(left, right))
        }
        return difference
    }

    /// The exact product.
    public static func * (left: Ratio, right: Ratio) throws(RatioError) -> Ratio {
        let numerator = Int128(left.numerator) * Int128(right.numerator)
        guard let product = Ratio(reducing: numerator, over: left.commonDenominator(right)) else {
            throw .overflow(.multiplication(left, right))
        }
        return product
    }

    /// The exact quotient; dividing by zero is ``RatioError/zeroDenominator(numerator:)``.
    public static func / (left: Ratio, right: Ratio) throws(RatioError) -> Ratio {
        guard !right.isZero else { throw .zeroDenominator(numerator: left.numerator) }
        guard let quotient = Ratio(reducing: left.crossProduct(right), over: right.crossProduct(left)) else {
            throw .overflow(.division(left, right))
        }
        return quotient
    }

    /// The numerator times the denominator of another fraction.
    @usableFromInline
    func crossProduct(_ other: Ratio) -> Int128 {
        Int128(numerator) * Int128(other.denominator)
    }

    private func commonDenominator(_ other: Ratio) -> Int128 {
        Int128(denominator) * Int128(other.denominator)
    }
}

extension Ratio: Comparable {
    /// Whether the left fraction is less, exactly.
    @inlinable
    public static func < (left: Ratio, right: Ratio) -> Bool {
        left.crossProduct(right) < right.crossProduct(left)
    }
}

extension Ratio {
    /// The smallest whole numbers that stand to each other as these fractions do, so that fractions can be weights.
    ///
    /// - Throws: ``RatioError/overflow(_:)`` when a number does not fit.
    public static func wholeNumbers(proportionalTo ratios: [Ratio]) throws(RatioError) -> [Int64] {
        var multiple: Int128 = 1
        for ratio in ratios {
            let divisor = greatestCommonDivisor(multiple.magnitude, UInt128(ratio.denominator))
            let (product, overflow) = multiple.multipliedReportingOverflow(
                by: Int128(ratio.denominator) / Int128(divisor)
            )
            guard !overflow else { throw .overflow(.commonDenominator(count: ratios.count)) }
            multiple = product
        }
        var numbers: [Int128] = []
        numbers.reserveCapacity(ratios.count)
        var divisor: UInt128 = 0
        for ratio in ratios {
            let (number, overflow) = (multiple / Int128(ratio.denominator))
                .multipliedReportingOverflow(by: Int128(ratio.numerator))
            guard !overflow else { throw .overflow(.commonDenominator(count: ratios.count)) }
            numbers.append(number)
            divisor = greatestCommonDivisor(divisor, number.magnitude)
        }
        var result: [Int64] = []
        result.reserveCapacity(ratios.count)
        for number in numbers {
            // A divisor of zero means that every number is zero. None reaches 2^127: a multiple of denominators below
            // 2^63 has at most 62 factors of two, and a numerator at most 63.
            guard let reduced = Int64(exactly: divisor == 0 ? number : number / Int128(divisor)) else {
                throw .overflow(.commonDenominator(count: ratios.count))
            }
            result.append(reduced)
        }
        return result
    }
}
