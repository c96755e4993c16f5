import MarketplaceCore
import MarketplacePromotions
import Testing

/// Reasons in words.
struct PromotionRefusalTests {
    @Test(arguments: [
        (Int64(30), "its budget of 1.00 USD has 0.70 USD left, this takes 2.00 USD"),
        (200, "its budget of 1.00 USD has 0.00 USD left, this takes 2.00 USD"),
        (.min, "its budget of 1.00 USD has 92233720368547758.07 USD left, this takes 2.00 USD"),
    ])
    func whatIsLeftOfABudgetIsToldWhateverWasSpent(_ spent: Int64, _ words: String) {
        let refusal = PromotionRefusal.budgetExhausted(limit: .usd(100), spentMinor: spent, wanted: .usd(200))
        #expect(refusal.description == words)
    }

    @Test func aConditionOfNoneIsRefusedInWords() {
        #expect(PromotionRefusal.noneHolds([]).description == "needs one of no conditions, which never holds")
        #expect(
            PromotionRefusal.noneHolds([.notAMember, .inactive]).description == "needs a member, or it is not in use"
        )
    }
}
