package import Marketplace

/// What a run brought about, as those who took part tell it.
package struct DayHistory: Sendable {
    /// What was planned.
    package let plan: DayPlan
    /// What happened on each day.
    package var days: [DayTally] = []

    /// How often each trouble happened in all.
    package var troubles: [DayTrouble: Int] {
        days.reduce(into: [:]) { sums, day in sums.merge(day.troubles, uniquingKeysWith: +) }
    }

    /// How many purchases came to nothing for each reason.
    package var refusals: [DayRefusal: Int] {
        days.reduce(into: [:]) { sums, day in sums.merge(day.refusals, uniquingKeysWith: +) }
    }

    /// The sum of a figure over all days.
    package func total(_ figure: KeyPath<DayTally, Int>) -> Int {
        days.reduce(0) { $0 + $1[keyPath: figure] }
    }

    /// The sum of an amount over all days.
    package func total(_ amounts: KeyPath<DayTally, [Currency: Int64]>, in currency: Currency) -> Int64 {
        days.reduce(0) { $0 + $1[keyPath: amounts][currency, default: 0] }
    }
}

extension DayTally {
    /// How much store credit has grown or shrunk in one way.
    package func credit(_ movement: CreditMovement, in currency: Currency) -> Int64 {
        credit[movement]?[currency] ?? 0
    }

    /// By how much more there was of store credit in the evening: what was given and given back, less what was spent and
    /// what has expired.
    package func creditGrowth(in currency: Currency) -> Int64 {
        CreditMovement.allCases.reduce(0) { sum, movement in
            let amount = credit(movement, in: currency)
            return movement.isIncrease ? sum + amount : sum - amount
        }
    }
}
