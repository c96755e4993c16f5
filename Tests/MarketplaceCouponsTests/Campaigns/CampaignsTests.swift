import MarketplaceCore
import MarketplaceCoupons
import MarketplaceStorage
import Testing

/// Campaigns as a store keeps them.
struct CampaignsTests {
    @Test func aRepeatedRequestReturnsTheCampaignAndRecordsNothing() async throws {
        let scene = CouponScene()
        for _ in 1...3 { try await scene.open() }
        try await scene.perform(.pause)
        try await scene.perform(.pause)
        let stream = StreamID("coupon-campaign", CampaignID.number(1))
        let events = try await scene.store.events(in: stream, from: .first, limit: 10)
        #expect(events.map(\.name) == ["CampaignOpened", "CampaignStatusChanged"])
        #expect(try await scene.campaigns.campaign(.number(1))?.status == .paused)
        #expect(try await scene.campaigns.campaign(.number(2)) == nil)
    }

    @Test func aRefusalOfTheRulesComesOutAsARefusal() async throws {
        let scene = CouponScene()
        let answer = try await refusal { () async throws(CouponError) in
            try await scene.campaigns.perform(.close, on: .number(1), key: "x", at: .second(1))
        }
        #expect(answer == .unknownCampaign(.number(1)))
    }
}
