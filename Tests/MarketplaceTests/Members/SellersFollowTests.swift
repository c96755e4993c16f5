import Marketplace
import MarketplaceTestKit
import Synchronization
import Testing

/// What becomes of sellers when something becomes of their owner or their enterprise.
@Suite struct SellersFollowTests {
    private static let seller = SellerID(bits: 201)
    private static let enterprise = EnterpriseID(bits: 301)
    private static let me = CommandActor.buyer(MemberSite.kim)
    private static let profile = EnterpriseProfile(legalName: "Kim GmbH", country: "DE", registrationNumber: "HRB 4711")

    private let site = MemberSite()

    private var sellers: Sellers { Sellers(in: site.environment) }
    private var enterprises: Enterprises { Enterprises(in: site.environment) }

    /// A seller of Kim's, let in; for an enterprise if asked.
    private func open(_ id: SellerID = Self.seller, for enterprise: EnterpriseID? = nil) async throws {
        try await apply(id, for: enterprise)
        try await sellers.verify(id, by: MemberSite.staff, key: "let in")
    }

    private func apply(_ id: SellerID = Self.seller, for enterprise: EnterpriseID? = nil) async throws {
        try await sellers.apply(
            id,
            profile: SellerProfile(shopName: "Shop \(id)"),
            owner: MemberSite.kim,
            enterprise: enterprise,
            by: Self.me,
            key: "apply"
        )
    }

    private func register(_ id: EnterpriseID = Self.enterprise) async throws {
        try await enterprises.register(id, profile: Self.profile, owner: MemberSite.kim, by: Self.me, key: "register")
    }

    private func status(_ id: SellerID = Self.seller) async throws -> SellerAccountStatus? {
        try await sellers.account(id).status
    }

    @Test func rejectingAVerifiedEnterpriseSuspendsItsSellersAndNoOthers() async throws {
        try await site.join()
        try await register()
        try await enterprises.verify(Self.enterprise, by: MemberSite.staff, key: "verify")
        try await open(for: Self.enterprise)
        try await open(SellerID(bits: 202))
        for _ in 0..<2 {
            try await enterprises.reject(Self.enterprise, because: .misuse, by: MemberSite.staff, key: "reject")
        }
        #expect(try await status() == .suspended)
        #expect(try await sellers.account(Self.seller).suspension == .enterpriseRejected)
        #expect(try await status(SellerID(bits: 202)) == .verified)
        try await site.mail.sendDue()
        #expect(site.gateway.delivered.count { $0.template == .sellerSuspended } == 1)
        guard
            case .seller(.move)? = try await site.refusal({
                try await sellers.reinstate(Self.seller, by: MemberSite.staff, key: "back")
            })
        else {
            Issue.record("a seller sells for an enterprise that is rejected")
            return
        }
    }

    @Test func disablingAMemberSuspendsTheSellersUntilEachIsReinstated() async throws {
        try await site.join()
        try await open()
        try await apply(SellerID(bits: 202))
        try await site.members.disable(MemberSite.kim, because: .misuse, by: MemberSite.staff, key: "disable")
        #expect(try await status() == .suspended)
        #expect(try await sellers.account(Self.seller).suspension == .ownerDisabled)
        let disabled = MembersRefusal.accountDisabled(MemberSite.kim)
        #expect(
            try await site.refusal { try await sellers.reinstate(Self.seller, by: MemberSite.staff, key: "early") }
                == disabled
        )
        #expect(
            try await site.refusal {
                try await sellers.verify(SellerID(bits: 202), by: MemberSite.staff, key: "early")
            } == disabled
        )
        try await site.members.reinstate(MemberSite.kim, by: MemberSite.staff, key: "reinstate")
        #expect(try await status() == .suspended)
        try await sellers.reinstate(Self.seller, by: MemberSite.staff, key: "back")
        #expect(try await status() == .verified)
    }

    @Test func erasingAMemberClosesTheSellersAndErasesTheirNames() async throws {
        try await site.join()
        try await register()
        try await enterprises.verify(Self.enterprise, by: MemberSite.staff, key: "verify")
        try await open(for: Self.enterprise)
        try await apply(SellerID(bits: 202))
        try await site.members.erase(MemberSite.kim, by: Self.me, key: "erase")
        for id in [Self.seller, SellerID(bits: 202)] {
            #expect(try await status(id) == .closed)
            #expect(try await sellers.account(id).closing == .memberErased)
            #expect(try await sellers.profile(of: id) == nil)
        }
        #expect(try await enterprises.profile(of: Self.enterprise) == nil)
        try await site.join(MemberSite.lee, "lee")
        try await sellers.apply(
            SellerID(bits: 203),
            profile: SellerProfile(shopName: "Shop \(Self.seller)"),
            owner: MemberSite.lee,
            by: .buyer(MemberSite.lee),
            key: "the name is free"
        )
    }

    /// Makes something happen after a read of a call, for every read that the call has.
    private func race(
        _ call: (ServiceEnvironment) async throws -> Void,
        against other: @escaping @Sendable () async throws -> Void,
        afterRead number: Int
    ) async throws {
        let reads = Mutex(0)
        let racing = FaultInjectingStore(
            site.base,
            afterRead: {
                let isNow = reads.withLock { reads in
                    reads += 1
                    return reads == number
                }
                if isNow { try? await other() }
            }
        )
        let environment = ServiceEnvironment(
            store: racing,
            codec: .json,
            identifiers: TimeOrderedIdentifiers(clock: site.clock.wall),
            wallClock: site.clock.wall
        )
        try? await call(environment)
        #expect(reads.withLock { $0 } >= number, "the call has fewer reads than that")
    }

    @Test(arguments: 1...4)
    func noSellerIsLetInForAnEnterpriseThatIsRejectedMeanwhile(_ number: Int) async throws {
        try await site.join()
        try await register()
        try await enterprises.verify(Self.enterprise, by: MemberSite.staff, key: "verify")
        try await apply(for: Self.enterprise)
        let enterprises = enterprises
        try await race(
            { try await Sellers(in: $0).verify(Self.seller, by: MemberSite.staff, key: "let in") },
            against: {
                try await enterprises.reject(Self.enterprise, because: .misuse, by: MemberSite.staff, key: "reject")
            },
            afterRead: number
        )
        #expect(try await self.enterprises.enterprise(Self.enterprise).status == .rejected)
        #expect(try await status() != .verified)
    }

    @Test(arguments: 1...4)
    func noSellerIsLeftOpenOfAMemberWhoGetsOneWhileBeingDisabled(_ number: Int) async throws {
        try await site.join()
        try await open()
        let (sellers, site) = (sellers, site)
        try await race(
            {
                let members = Members(in: $0, ports: site.ports)
                try await members.disable(MemberSite.kim, because: .misuse, by: MemberSite.staff, key: "disable")
            },
            against: {
                let id = SellerID(bits: 202)
                let profile = SellerProfile(shopName: "Second")
                try await sellers.apply(id, profile: profile, owner: MemberSite.kim, by: Self.me, key: "second")
                try await sellers.verify(id, by: MemberSite.staff, key: "let in")
            },
            afterRead: number
        )
        #expect(try await site.members.member(MemberSite.kim).status == .disabled)
        #expect(try await status() == .suspended)
        #expect(try await status(SellerID(bits: 202)) == .suspended)
    }

    @Test func aNumberBelongsToNobodyBeforeItsEnterpriseIsVerified() async throws {
        try await site.join()
        try await site.join(MemberSite.lee, "lee")
        let squatter = EnterpriseID(bits: 302)
        let them = CommandActor.buyer(MemberSite.lee)
        try await enterprises.register(squatter, profile: Self.profile, owner: MemberSite.lee, by: them, key: "squat")
        try await register()
        try await enterprises.verify(Self.enterprise, by: MemberSite.staff, key: "verify")
        #expect(
            try await site.refusal { try await enterprises.verify(squatter, by: MemberSite.staff, key: "verify") }
                == .enterpriseTaken
        )
        let late = EnterpriseID(bits: 303)
        #expect(
            try await site.refusal {
                let profile = Self.profile
                try await enterprises.register(late, profile: profile, owner: MemberSite.lee, by: them, key: "late")
            } == .enterpriseTaken
        )
        try await enterprises.reject(Self.enterprise, because: .mismatch, by: MemberSite.staff, key: "reject")
        try await enterprises.verify(squatter, by: MemberSite.staff, key: "verify at last")
        #expect(try await enterprises.enterprise(squatter).status == .verified)
    }

    @Test func aMemberHasABoundedNumberOfSellers() async throws {
        try await site.join()
        for number in 1...50 { try await apply(SellerID(bits: UInt128(number))) }
        #expect(
            try await site.refusal { try await apply(SellerID(bits: 51)) } == .tooManyAccounts(maximum: 50)
        )
        try await site.members.disable(MemberSite.kim, because: .misuse, by: MemberSite.staff, key: "disable")
    }
}
