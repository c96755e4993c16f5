import MarketplaceCore
import MarketplacePromotions
import Testing

/// Which codes bring which promotions.
struct CodeTests {
    private let basket = Basket(.usd, lines: [BasketLine("line", .usd(1_000))])

    @Test func aCodeThatNoPromotionKnowsIsReported() throws {
        let priced = try basket.priced(with: [], codes: ["WHAT"], at: .epoch)
        #expect(priced.codes.map(\.promotions) == [[]])
        #expect(priced.codes.map(\.isUsed) == [false])
    }

    @Test func aSecondCodeOfOnePromotionIsKnownAndNotUsed() throws {
        let promotion = Promotion("ten", .percentOff(.percent(10)), codes: ["A", "B"])
        let priced = try basket.priced(with: [promotion], codes: ["B", "A"], at: .epoch)
        #expect(priced.outcomes.map(\.code) == ["B"])
        #expect(priced.codes.map(\.promotions) == [["ten"], ["ten"]])
        #expect(priced.codes.map(\.isUsed) == [true, false])
    }

    @Test func aCodeOfACampaignBringsThePromotionItStandsForAndNoOther() throws {
        let promotions = [
            Promotion("campaign", .percentOff(.percent(10)), codes: []),
            Promotion("listed", .percentOff(.percent(10)), codes: ["SINGLE"]),
        ]
        let code = PresentedCode("SINGLE", for: "campaign")
        let priced = try basket.priced(with: promotions, codes: [code], at: .epoch)
        #expect(priced.applied.map(\.promotion) == ["campaign"])
        #expect(priced.outcome(of: "listed")?.refusal == .codeNotEntered)
        #expect(priced.codes.map(\.promotions) == [["campaign"]])
    }

    @Test func aPromotionWithoutCodesAppliesByItselfWhateverACampaignSays() throws {
        let promotion = Promotion("automatic", .percentOff(.percent(10)))
        let priced = try basket.priced(with: [promotion], codes: [PresentedCode("X", for: "automatic")], at: .epoch)
        #expect(priced.outcomes.map(\.code) == [nil])
        #expect(priced.codes.map(\.promotions) == [[]])
    }

    @Test func oneCodeCanStandForSeveralPromotions() throws {
        let promotions = ["a", "b"].map { Promotion($0, .percentOff(.percent(10)), codes: ["TWO"]) }
        let priced = try basket.priced(with: promotions, codes: ["TWO"], at: .epoch)
        #expect(priced.applied.map(\.promotion) == ["a", "b"])
        #expect(priced.codes.map(\.promotions) == [["a", "b"]])
    }
}
