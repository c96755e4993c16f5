/// How an exact fraction becomes a whole number.
///
/// The raw names are the stable form in stored rules. Modes without "half" move every fraction; modes with "half" go to
/// the nearest whole number and differ only where two are equally near.
@frozen
public enum RoundingMode: String, Sendable, Hashable, CaseIterable, Codable {
    /// Away from zero: 2.1 → 3, -2.1 → -3.
    case up
    /// Towards zero: 2.9 → 2, -2.9 → -2.
    case down
    /// Towards positive infinity: 2.1 → 3, -2.9 → -2.
    case ceiling
    /// Towards negative infinity: 2.9 → 2, -2.1 → -3.
    case floor
    /// To the nearest, ties away from zero: 2.5 → 3, -2.5 → -3.
    case halfUp = "half_up"
    /// To the nearest, ties towards zero: 2.5 → 2, -2.5 → -2.
    case halfDown = "half_down"
    /// To the nearest, ties to the even number: 2.5 → 2, 3.5 → 4.
    case halfEven = "half_even"
    /// To the nearest, ties to the odd number: 2.5 → 3, 3.5 → 3.
    case halfOdd = "half_odd"
    /// To the nearest, ties towards positive infinity: 2.5 → 3, -2.5 → -2.
    case halfCeiling = "half_ceiling"
    /// To the nearest, ties towards negative infinity: 2.5 → 2, -2.5 → -3.
    case halfFloor = "half_floor"

    /// The exact quotient, rounded.
    ///
    /// Any numerator is accepted, and the result always fits. The denominator must be positive.
    public func quotient(of numerator: Int128, by denominator: Int128) -> Int128 {
        precondition(denominator > 0, "a denominator is positive")
        let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
        return quotient + step(quotient: quotient, remainder: remainder, denominator: denominator)
    }

    /// What rounding adds to the quotient that was cut off towards zero: -1, 0 or 1.
    @usableFromInline
    func step(quotient: Int128, remainder: Int128, denominator: Int128) -> Int128 {
        guard remainder != 0 else { return 0 }
        let outwards: Int128 = remainder < 0 ? -1 : 1
        let isOutwards: Bool
        switch self {
        case .up: isOutwards = true
        case .down: isOutwards = false
        case .ceiling: isOutwards = outwards > 0
        case .floor: isOutwards = outwards < 0
        case .halfUp, .halfDown, .halfEven, .halfOdd, .halfCeiling, .halfFloor:
            // Compared with the distance to the next number: doubling the remainder could overflow.
            let below = remainder < 0 ? -remainder : remainder
            let above = denominator - below
            isOutwards = below == above ? breaksTieOutwards(quotient, outwards) : below > above
        }
        return isOutwards ? outwards : 0
    }

    private func breaksTieOutwards(_ quotient: Int128, _ outwards: Int128) -> Bool {
        switch self {
        case .up, .halfUp: true
        case .down, .halfDown: false
        case .ceiling, .halfCeiling: outwards > 0
        case .floor, .halfFloor: outwards < 0
        case .halfEven: quotient & 1 != 0
        case .halfOdd: quotient & 1 == 0
        }
    }
}

extension RoundingMode {
    /// The exact quotient of two numbers in 64 bits, rounded; the result fits unless it is `Int64.min` by one.
    ///
    /// A division in 64 bits costs a fraction of one in 128.
    package func quotient(of numerator: Int64, by denominator: Int64) -> Int64 {
        let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
        guard remainder != 0 else { return quotient }
        let step = step(quotient: Int128(quotient), remainder: Int128(remainder), denominator: Int128(denominator))
        return quotient + Int64(truncatingIfNeeded: step)
    }
}
