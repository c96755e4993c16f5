/// An exact fraction of two `Int64`, in lowest terms with a positive denominator.
///
/// Two equal fractions are the same value. Every operation is exact; a result whose lowest terms do not fit throws
/// ``RatioError``.
@frozen
public struct Ratio: Sendable, Hashable {
    /// The number above the line; carries the sign.
    public let numerator: Int64
    /// The number below the line, at least one.
    public let denominator: Int64

    @usableFromInline
    init(reducedNumerator numerator: Int64, denominator: Int64) {
        self.numerator = numerator
        self.denominator = denominator
    }

    /// Nothing.
    public static let zero = Ratio(0)
    /// The whole.
    public static let one = Ratio(1)

    /// Makes a whole number.
    @inlinable
    public init(_ whole: Int64) {
        self.init(reducedNumerator: whole, denominator: 1)
    }

    /// Makes the fraction of two numbers, in lowest terms.
    ///
    /// - Throws: ``RatioError/zeroDenominator(numerator:)``, or ``RatioError/overflow(_:)`` for `Int64.min` over a
    ///   negative number, whose lowest terms may not fit.
    public init(_ numerator: Int64, over denominator: Int64) throws(RatioError) {
        guard denominator != 0 else { throw .zeroDenominator(numerator: numerator) }
        guard let ratio = Ratio(reducing: Int128(numerator), over: Int128(denominator)) else {
            throw .overflow(.fraction(numerator, denominator))
        }
        self = ratio
    }

    /// Reduces a fraction to lowest terms; nil when they do not fit, or the denominator is zero.
    init?(reducing numerator: Int128, over denominator: Int128) {
        guard denominator != 0 else { return nil }
        let divisor = greatestCommonDivisor(numerator.magnitude, denominator.magnitude)
        guard
            let above = Int64(exactly: numerator.magnitude / divisor, isNegative: (numerator < 0) != (denominator < 0)),
            let below = Int64(exactly: denominator.magnitude / divisor)
        else { return nil }
        self.init(reducedNumerator: above, denominator: below)
    }

    /// Whether the fraction is below zero.
    @inlinable public var isNegative: Bool { numerator < 0 }
    /// Whether the fraction is zero.
    @inlinable public var isZero: Bool { numerator == 0 }

    /// The fraction, rounded to a whole number, which always fits.
    public func rounded(_ mode: RoundingMode) -> Int64 {
        Int64(clamping: mode.quotient(of: Int128(numerator), by: Int128(denominator)))
    }
}

extension Int64 {
    /// The integer of this magnitude and sign; nil when it does not fit.
    fileprivate init?(exactly magnitude: UInt128, isNegative: Bool) {
        guard magnitude <= UInt128(Int64.max) + 1 else { return nil }
        let signed = isNegative ? -Int128(magnitude) : Int128(magnitude)
        self.init(exactly: signed)
    }
}

/// The greatest common divisor, by Euclid's algorithm.
///
/// The divisor of zero and a number is that number.
func greatestCommonDivisor(_ first: UInt128, _ second: UInt128) -> UInt128 {
    var (larger, smaller) = (first, second)
    while smaller != 0 {
        // One division in 64 bits costs a fraction of one in 128.
        if let narrowLarger = UInt64(exactly: larger), let narrowSmaller = UInt64(exactly: smaller) {
            (larger, smaller) = (UInt128(narrowSmaller), UInt128(narrowLarger % narrowSmaller))
        } else {
            (larger, smaller) = (smaller, larger % smaller)
        }
    }
    return larger
}
