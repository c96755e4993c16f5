import Marketplace
import Testing

@Suite struct SellersTests {
    static let seller = SellerID(bits: 201)
    static let enterprise = EnterpriseID(bits: 301)
    static let me = CommandActor.buyer(MemberSite.kim)

    @Test func aSellerIsLetInStoppedLetInAgainAndEnded() async throws {
        let site = MemberSite()
        try await site.join()
        let sellers = Sellers(in: site.environment)
        for _ in 0..<2 { try await apply(sellers) }
        let tokens = try await site.logIn()
        let who = try await site.sessions.authenticate(tokens.access)
        #expect(
            try await site.refusal { try await who.seller(Self.seller) } == .notOpenForSelling(Self.seller, .applied)
        )
        try await sellers.verify(Self.seller, by: MemberSite.staff, key: "verify")
        #expect(try await who.seller(Self.seller) == .seller(Self.seller))
        try await sellers.suspend(Self.seller, because: .lateShipping, by: MemberSite.staff, key: "suspend")
        #expect(
            try await site.refusal { try await who.seller(Self.seller) } == .notOpenForSelling(Self.seller, .suspended)
        )
        #expect(try await who.seller(Self.seller, in: [.verified, .suspended]) == .seller(Self.seller))
        try await sellers.reinstate(Self.seller, by: MemberSite.staff, key: "reinstate")
        try await sellers.close(Self.seller, because: .sellerWish, by: Self.me, key: "close")
        #expect(try await sellers.account(Self.seller).status == .closed)
        try await site.mail.sendDue()
        #expect(
            site.gateway.delivered.map(\.template).dropFirst()
                == [.sellerVerified, .sellerSuspended, .sellerVerified, .sellerClosed]
        )
        #expect(try await sellers.profile(of: Self.seller)?.shopName == "Kim's Pots")
    }

    @Test func nobodySellsAsSomebodyElse() async throws {
        let site = MemberSite()
        try await site.join()
        let sellers = Sellers(in: site.environment)
        try await apply(sellers)
        try await sellers.verify(Self.seller, by: MemberSite.staff, key: "verify")
        try await site.join(MemberSite.lee, "lee")
        let tokens = try await site.logIn("lee")
        let who = try await site.sessions.authenticate(tokens.access)
        #expect(try await site.refusal { try await who.seller(Self.seller) } == .notOpenForSelling(Self.seller, nil))
    }

    @Test func onlyAVerifiedMemberAppliesAndNoTwoShopsShareAName() async throws {
        let site = MemberSite()
        let sellers = Sellers(in: site.environment)
        try await site.members.signUp(site.request(), key: "sign-up")
        #expect(try await site.refusal { try await apply(sellers) } == .notVerified(MemberSite.kim))
        try await site.members.verifyEmail(site.link(.verifyEmail), key: "verify")
        try await apply(sellers)
        #expect(
            try await site.refusal {
                try await sellers.apply(
                    SellerID(bits: 202),
                    profile: SellerProfile(shopName: "KIM'S POTS"),
                    owner: MemberSite.kim,
                    by: Self.me,
                    key: "second"
                )
            } == .shopNameTaken
        )
    }

    @Test func anEnterpriseIsVerifiedBeforeItsSellerIs() async throws {
        let site = MemberSite()
        try await site.join()
        let sellers = Sellers(in: site.environment)
        let enterprises = Enterprises(in: site.environment)
        let profile = EnterpriseProfile(legalName: "Kim GmbH", country: "DE", registrationNumber: "HRB 4711")
        for _ in 0..<2 {
            try await enterprises.register(
                Self.enterprise,
                profile: profile,
                owner: MemberSite.kim,
                by: Self.me,
                key: "register"
            )
        }
        try await apply(sellers, for: Self.enterprise)
        guard
            case .seller(.move)? = try await site.refusal({
                try await sellers.verify(Self.seller, by: MemberSite.staff, key: "early")
            })
        else {
            Issue.record("a seller was let in before the enterprise was verified")
            return
        }
        try await enterprises.reject(Self.enterprise, because: .mismatch, by: MemberSite.staff, key: "reject")
        try await enterprises.resubmit(Self.enterprise, by: Self.me, key: "resubmit")
        try await enterprises.verify(Self.enterprise, by: MemberSite.staff, key: "verify")
        try await sellers.verify(Self.seller, by: MemberSite.staff, key: "late")
        #expect(try await sellers.account(Self.seller).status == .verified)
        #expect(try await enterprises.profile(of: Self.enterprise) == profile)
        #expect(
            try await site.refusal {
                try await enterprises.register(
                    EnterpriseID(bits: 302),
                    profile: profile,
                    owner: MemberSite.kim,
                    by: Self.me,
                    key: "again"
                )
            } == .enterpriseTaken
        )
    }

    @Test func aSchoolAddressProvesToBelongToASchool() async throws {
        let site = MemberSite()
        try await site.join()
        let schools = PartnerSchools(in: site.environment)
        let school = PartnerSchoolID(bits: 401)
        let address = try EmailAddress(validating: "kim@cs.Uni.example")
        func request(_ key: IdempotencyKey) async throws {
            try await site.members.requestSchool(for: MemberSite.kim, at: address, by: Self.me, key: key)
        }
        #expect(try await site.refusal { try await request("early") } == .noPartnerSchool(domain: "cs.uni.example"))
        try await schools.add(school, domain: "uni.example", by: MemberSite.staff, key: "add")
        #expect(
            try await site.refusal {
                try await schools.add(PartnerSchoolID(bits: 402), domain: "UNI.example", by: MemberSite.staff, key: "b")
            } == .domainTaken
        )
        try await request("ask")
        let link = try await site.link(.joinSchool)
        #expect(site.gateway.delivered.last?.address.text == address.text)
        for _ in 0..<2 { #expect(try await site.members.joinSchool(link, key: "join") == school) }
        #expect(try await site.members.member(MemberSite.kim).schools == [school])
        #expect(
            try await site.members.verifiedSchoolDomains(of: MemberSite.kim)
                == [EmailDomain(validating: "cs.uni.example")]
        )
        try await site.join(MemberSite.lee, "lee")
        try await site.members.requestSchool(for: MemberSite.lee, at: address, by: .buyer(MemberSite.lee), key: "lee")
        let second = try await site.link(.joinSchool)
        #expect(try await site.refusal { try await site.members.joinSchool(second, key: "lee") } == .schoolEmailTaken)
        try await schools.end(school, by: MemberSite.staff, key: "end")
        #expect(try await site.members.verifiedSchoolDomains(of: MemberSite.kim).isEmpty)
        try await site.members.leaveSchool(school, of: MemberSite.kim, by: Self.me, key: "leave")
        #expect(try await site.members.member(MemberSite.kim).schools.isEmpty)
    }

    private func apply(_ sellers: Sellers, for enterprise: EnterpriseID? = nil) async throws {
        try await sellers.apply(
            Self.seller,
            profile: SellerProfile(shopName: "Kim's Pots"),
            owner: MemberSite.kim,
            enterprise: enterprise,
            by: Self.me,
            key: "apply"
        )
    }
}
