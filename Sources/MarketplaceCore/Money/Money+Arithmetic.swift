extension Money {
    /// The sum of two amounts of one currency.
    @inlinable
    public static func + (left: Money, right: Money) throws(MoneyError) -> Money {
        guard left.currency == right.currency else {
            throw .currencyMismatch(left: left.currency, right: right.currency)
        }
        let (sum, overflow) = left.minorUnits.addingReportingOverflow(right.minorUnits)
        guard !overflow else { throw .overflow(.addition(left, right)) }
        return Money(minorUnits: sum, left.currency)
    }

    /// The difference of two amounts of one currency.
    @inlinable
    public static func - (left: Money, right: Money) throws(MoneyError) -> Money {
        guard left.currency == right.currency else {
            throw .currencyMismatch(left: left.currency, right: right.currency)
        }
        let (difference, overflow) = left.minorUnits.subtractingReportingOverflow(right.minorUnits)
        guard !overflow else { throw .overflow(.subtraction(left, right)) }
        return Money(minorUnits: difference, left.currency)
    }

    /// The amount, so many times.
    @inlinable
    public static func * (left: Money, right: Int64) throws(MoneyError) -> Money {
        let (product, overflow) = left.minorUnits.multipliedReportingOverflow(by: right)
        guard !overflow else { throw .overflow(.multiplication(left, by: right)) }
        return Money(minorUnits: product, left.currency)
    }

    /// The amount, so many times; the overload that an integer literal takes.
    @inlinable
    public static func * (left: Money, right: Int) throws(MoneyError) -> Money {
        try left * Int64(right)
    }

    /// The amount for a quantity, of which this is the price of one.
    @inlinable
    public static func * (left: Money, right: Quantity) throws(MoneyError) -> Money {
        try left * Int64(right.value)
    }

    /// Adds an amount of the same currency; on an error the left side keeps its value.
    @inlinable
    public static func += (left: inout Money, right: Money) throws(MoneyError) {
        left = try left + right
    }

    /// Takes an amount of the same currency off; on an error the left side keeps its value.
    @inlinable
    public static func -= (left: inout Money, right: Money) throws(MoneyError) {
        left = try left - right
    }

    /// The amount with its sign turned; `Int64.min` minor units have no counterpart.
    @inlinable
    public func negated() throws(MoneyError) -> Money {
        let (negative, overflow) = Int64(0).subtractingReportingOverflow(minorUnits)
        guard !overflow else { throw .overflow(.negation(self)) }
        return Money(minorUnits: negative, currency)
    }

    /// The sum of amounts that all have one currency; zero when there are none.
    ///
    /// Only the result has to fit: intermediate sums are exact, so the order of the amounts does not matter.
    public static func sum(
        of amounts: some Sequence<Money>,
        in currency: Currency
    ) throws(MoneyError) -> Money {
        var total: Int128 = 0
        for amount in amounts {
            guard amount.currency == currency else {
                throw .currencyMismatch(left: currency, right: amount.currency)
            }
            // Int128 holds the sum of 2^63 amounts: no sequence is that long.
            total += Int128(amount.minorUnits)
        }
        guard let sum = Int64(exactly: total) else { throw .overflow(.sum(exact: total, currency)) }
        return Money(minorUnits: sum, currency)
    }

    /// The amount times an exact ratio, rounded to whole minor units.
    public func scaled(by ratio: Ratio, rounding: RoundingMode) throws(MoneyError) -> Money {
        let product = Int128(minorUnits) * Int128(ratio.numerator)
        let rounded = rounding.quotient(of: product, by: Int128(ratio.denominator))
        guard let minorUnits = Int64(exactly: rounded) else { throw .overflow(.scaling(self, by: ratio)) }
        return Money(minorUnits: minorUnits, currency)
    }

    /// A percentage of the amount, rounded to whole minor units.
    public func share(_ percentage: Percentage, rounding: RoundingMode) throws(MoneyError) -> Money {
        try scaled(by: percentage.ratio, rounding: rounding)
    }
}

extension Money {
    /// Whether the left amount is less; both have one currency.
    @inlinable
    public static func < (left: Money, right: Money) throws(MoneyError) -> Bool {
        guard left.currency == right.currency else {
            throw .currencyMismatch(left: left.currency, right: right.currency)
        }
        return left.minorUnits < right.minorUnits
    }

    /// Whether the left amount is less or equal; both have one currency.
    @inlinable
    public static func <= (left: Money, right: Money) throws(MoneyError) -> Bool {
        try !(right < left)
    }

    /// Whether the left amount is greater; both have one currency.
    @inlinable
    public static func > (left: Money, right: Money) throws(MoneyError) -> Bool {
        try right < left
    }

    /// Whether the left amount is greater or equal; both have one currency.
    @inlinable
    public static func >= (left: Money, right: Money) throws(MoneyError) -> Bool {
        try !(left < right)
    }
}
