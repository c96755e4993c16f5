import MarketplaceCore
import MarketplaceCoupons
import MarketplacePromotions
import TestSupport
import Testing

/// The rules of campaigns, one line each.
struct CampaignTests {
    private func opened(_ change: (inout CampaignTerms) -> Void = { _ in }) throws -> Campaign {
        var campaign = Campaign()
        try campaign.handle(CampaignCommand(.open(.scenario(change)), on: .number(1), by: "op"))
        return campaign
    }

    private func refusal(_ action: CampaignCommand.Action, of campaign: Campaign) -> CouponRefusal? {
        thrownError { () throws(CouponRefusal) in
            _ = try campaign.decide(CampaignCommand(action, on: .number(1), by: nil))
        }
    }

    @Test func aCampaignIsOpenOnceItIsMade() throws {
        let campaign = try opened()
        #expect(campaign.id == .number(1) && campaign.status == .open && campaign.terms == .scenario())
        #expect(
            campaign
                == Campaign(replaying: [.opened(CampaignOpened(campaign: .number(1), terms: .scenario(), by: nil))])
        )
    }

    @Test func makingItAgainChangesNothingUnlessTheTermsDiffer() throws {
        let campaign = try opened()
        #expect(try campaign.decide(CampaignCommand(.open(.scenario()), on: .number(1), by: nil)) == [])
        #expect(refusal(.open(.scenario { $0.name = "Other" }), of: campaign) == .campaignExists(.number(1)))
    }

    @Test func itIsPausedResumedAndClosedForGood() throws {
        var campaign = try opened()
        for (action, status) in [
            (CampaignCommand.Action.pause, Campaign.Status.paused), (.resume, .open), (.close, .closed),
        ] {
            #expect(try campaign.handle(CampaignCommand(action, on: .number(1), by: nil)).count == 1)
            #expect(campaign.status == status)
            #expect(try campaign.handle(CampaignCommand(action, on: .number(1), by: nil)) == [])
        }
        for action in [CampaignCommand.Action.pause, .resume, .changeTerms(.scenario { $0.name = "Other" })] {
            #expect(refusal(action, of: campaign) == .closed(.number(1)))
        }
    }

    @Test func whatWasNeverMadeCannotBeChanged() {
        for action in [CampaignCommand.Action.pause, .resume, .close, .changeTerms(.scenario())] {
            #expect(refusal(action, of: Campaign()) == .unknownCampaign(.number(1)))
        }
    }

    @Test func termsThatContradictThemselvesAreRefusedWithTheFault() throws {
        let long = String(repeating: "é", count: 101)
        let faults: [(CampaignTerms.Fault, (inout CampaignTerms) -> Void)] = [
            (.nameLength(byteCount: 0, maximum: 200), { $0.name = "" }),
            (.nameLength(byteCount: 202, maximum: 200), { $0.name = long }),
            (.promotionCount(0, maximum: 100), { $0.promotions = [] }),
            (
                .promotionCount(101, maximum: 100),
                { $0.promotions = (0...100).map { PromotionID(stringLiteral: "p\($0)") } }
            ),
            (.repeatedPromotion("a"), { $0.promotions = ["a", "b", "a"] }),
            (.emptyPeriod(from: .second(5), until: .second(5)), { ($0.from, $0.until) = (.second(5), .second(5)) }),
            (.emptyPeriod(from: .second(6), until: .second(5)), { ($0.from, $0.until) = (.second(6), .second(5)) }),
            (.limitNotPositive(0), { $0.totalLimit = 0 }), (.limitNotPositive(-1), { $0.perMemberLimit = -1 }),
            (.validityNotPositive(seconds: 0), { $0.validity = .seconds(0) }),
            (
                .tooManyDomains(101, maximum: 100),
                { $0.partnerDomains = (0...100).map { .of("d\($0).example") } }
            ),
        ]
        let campaign = try opened()
        for (fault, change) in faults {
            #expect(refusal(.open(.scenario(change)), of: Campaign()) == .invalidTerms(fault))
            #expect(refusal(.changeTerms(.scenario(change)), of: campaign) == .invalidTerms(fault))
        }
    }

    @Test func aDomainIsItselfAndWhateverLiesBelowIt() throws {
        let partner = EmailDomain.of("Uni-Example.AC.kr.")
        #expect(partner.text == "uni-example.ac.kr")
        for text in ["uni-example.ac.kr", "mail.UNI-example.ac.kr", "a.b.uni-example.ac.kr"] {
            #expect(EmailDomain.of(text).isWithin(partner), "\(text)")
        }
        for text in ["ac.kr", "evil-uni-example.ac.kr", "uni-example.ac.kr.evil.com", "xuni-example.ac.kr"] {
            #expect(!EmailDomain.of(text).isWithin(partner), "\(text)")
        }
    }

    @Test func whatIsNoDomainIsRefused() {
        let long = String(repeating: "a", count: 64)
        for text in [
            "", ".", "a..b", ".a", "-a.b", "a-.b", "a b.c", "ann@uni.example", "ü.de", "a\0b", long, long + ".b",
        ] {
            #expect(throws: EmailDomainError.self, "\(text)") { try EmailDomain(validating: text) }
        }
        let longest = Array(repeating: String(repeating: "a", count: 49), count: 5).joined(separator: ".") + ".aaa"
        #expect(longest.utf8.count == 253)
        #expect(throws: Never.self) { try EmailDomain(validating: longest) }
        #expect(throws: EmailDomainError.self) { try EmailDomain(validating: longest + "a") }
    }
}
