import Marketplace

/// On which terms the marketplace of the simulation sells.
enum DayTerms {
    /// How long earnings are held back after a delivery: so short that a week has refunds before payouts and after.
    static let holdBack = Duration.days(2)

    /// Payouts of ten euros or ten thousand won at least, of which a twentieth is held back for ten days.
    static let payouts = PayoutTerms(
        minimum: CurrencyAmounts(Money(minorUnits: 1_000, .eur), Money(minorUnits: 10_000, .krw)),
        reserve: .percent(5),
        reserveFor: .days(10)
    )

    /// A tenth off at the marketplace's cost, and fifteen percent that sellers bear half of.
    static var promotions: [Promotion] {
        [
            Promotion(
                "welcome",
                .percentOff(.percent(10)),
                codes: [DayPlan.codes[0]],
                limits: PromotionLimits(perMember: 5)
            ),
            Promotion(
                "shops",
                .percentOff(.percent(15)),
                codes: [DayPlan.codes[1]],
                bearer: .shared(sellers: .percent(50))
            ),
        ]
    }

    /// Twelve percent with a floor and a cap, and a fifth of it in tax.
    static func commissions() throws(CommissionError) -> CommissionRules {
        let rule = try CommissionRule(
            "standard",
            fee: .percent(.percent(12), of: .net),
            floor: CurrencyAmounts(Money(minorUnits: 35, .eur), Money(minorUnits: 300, .krw)),
            cap: CurrencyAmounts(Money(minorUnits: 2_000, .eur), Money(minorUnits: 20_000, .krw))
        )
        return try CommissionRules([rule], taxRate: .percent(20))
    }
}
