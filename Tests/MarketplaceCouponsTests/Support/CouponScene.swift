import MarketplaceCore
import MarketplaceCoupons
import MarketplaceInMemory
import MarketplaceJSON
import MarketplacePromotions
import MarketplaceStorage

/// All services of the module on one store, with a campaign or two.
struct CouponScene: Sendable {
    let store: any Store
    let campaigns: Campaigns
    let codes: CouponCodes
    let issuing: CouponIssuing
    let redemptions: CouponRedemptions

    init(
        store: any Store = InMemoryStore(),
        random: any RandomSource = SeededRandomSource(seed: 1),
        format: CouponCodeFormat = .standard
    ) {
        self.store = store
        campaigns = Campaigns(store: store, codec: .json, identifiers: SeededIdentifiers(seed: 1))
        codes = CouponCodes(store: store, codec: .json, format: format, random: random)
        issuing = CouponIssuing(store: store, codec: .json, format: format)
        redemptions = CouponRedemptions(store: store, codec: .json)
    }

    /// Opens a campaign, from the first second to the thousandth.
    func open(_ number: Int = 1, _ change: (inout CampaignTerms) -> Void = { _ in }) async throws {
        try await campaigns.perform(
            .open(.scenario(change)),
            on: .number(number),
            by: "operator",
            key: "open",
            at: .second(0)
        )
    }

    func perform(_ action: CampaignCommand.Action, on number: Int = 1) async throws {
        try await campaigns.perform(action, on: .number(number), key: "\(action)".asKey, at: .second(1))
    }

    @discardableResult
    func issue(
        to member: MemberKey = "ann",
        key: IdempotencyKey = "first",
        campaign number: Int = 1,
        domains: [EmailDomain] = [],
        at second: Int64 = 1
    ) async throws(CouponError) -> Coupon {
        try await issuing.issue(.number(number), to: member, key: key, domains: domains, at: .second(second))
    }

    /// All codes of a batch, read in pages.
    func allCodes(of batch: CodeBatchID, pageSize: Int = 1_000) async throws -> [CouponCode] {
        var all: [CouponCode] = []
        var next: Int? = 0
        while let count = next {
            let slice = try await codes.codes(of: batch, after: count, limit: pageSize)
            all += slice.codes
            next = slice.next
        }
        return all
    }

    /// One single-use code of the campaign.
    func oneCode(campaign number: Int = 1) async throws -> CouponCode {
        try await codes.generate(.number(number), for: .number(number), count: 1, at: .second(0))
        return try await allCodes(of: .number(number))[0]
    }
}

extension String {
    fileprivate var asKey: IdempotencyKey { IdempotencyKey(stringLiteral: String(prefix(100))) }
}

extension CampaignTerms {
    /// Terms from the first second to the thousandth.
    static func scenario(_ change: (inout CampaignTerms) -> Void = { _ in }) -> CampaignTerms {
        var terms = CampaignTerms(name: "Spring", promotions: ["spring"], from: .second(1), until: .second(1_000))
        change(&terms)
        return terms
    }
}

extension EmailDomain {
    /// A domain in a test's own source.
    static func of(_ text: String) -> EmailDomain {
        do throws(EmailDomainError) {
            return try EmailDomain(validating: text)
        } catch {
            preconditionFailure("\(error)")
        }
    }
}
