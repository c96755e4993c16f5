import Marketplace
import MarketplaceTestKit
import Synchronization
import Testing

/// Cases at the edges of the rules, each of which a slip of the pen would change.
@Suite struct MemberEdgeTests {
    private let site = MemberSite()
    private let me = CommandActor.buyer(MemberSite.kim)

    private func setPhone(_ text: String, key: IdempotencyKey) async throws {
        let phone = try PhoneNumber(validating: text)
        try await site.members.update(MemberSite.kim, by: me, key: key) { (profile) throws(MemberProfileError) in
            try MemberProfile(name: profile.name, email: profile.email, phone: phone)
        }
    }

    /// Kim's number, proved by a code.
    private func provePhone(_ text: String) async throws -> CodeDestination {
        try await setPhone(text, key: "phone")
        try await site.credentials.requestPhoneCode(of: MemberSite.kim, by: me, key: "prove")
        let code = try #require(site.messages.messages.last).code
        try await site.credentials.verifyPhone(of: MemberSite.kim, code, by: me, key: "proved")
        return .phone(try PhoneNumber(validating: text))
    }

    @Test func aLinkIsGoodForItsTimeAndNotAMomentLonger() async throws {
        try await site.members.signUp(site.request(), key: "sign-up")
        let link = try await site.link(.verifyEmail)
        site.clock.advance(by: .days(1))
        guard case .linkExpired? = try await site.refusal({ try await site.members.verifyEmail(link, key: "verify") })
        else {
            Issue.record("the link is good for longer than it says")
            return
        }
    }

    @Test func whoIsVerifiedGetsNoOtherLinkThatVerifies() async throws {
        try await site.join()
        site.clock.advance(by: .minutes(2))
        try await site.members.resendVerification(to: MemberSite.email("kim"), key: "again")
        try await site.mail.sendDue()
        #expect(site.gateway.delivered.map(\.template) == [.verifyEmail])
    }

    @Test func anotherNumberIsNotVerifiedBecauseTheOneBeforeWas() async throws {
        try await site.join()
        let old = try await provePhone("+82 10 1234 5678")
        try await setPhone("+82 10 8765 4321", key: "other phone")
        site.clock.advance(by: .minutes(2))
        let sent = site.messages.messages.count
        try await site.logins.requestCode(to: old, from: MemberSite.source, key: "old")
        let new = CodeDestination.phone(try PhoneNumber(validating: "+82 10 8765 4321"))
        try await site.logins.requestCode(to: new, from: MemberSite.source, key: "new")
        #expect(site.messages.messages.count == sent, "neither number is anybody's to log in with")
    }

    @Test func aCodeProvesTheNumberItWasSentToAndNotTheOneThatIsThereNow() async throws {
        try await site.join()
        try await setPhone("+82 10 1234 5678", key: "phone")
        try await site.credentials.requestPhoneCode(of: MemberSite.kim, by: me, key: "prove")
        let code = try #require(site.messages.messages.last).code
        let (site, me) = (site, me)
        let racing = FaultInjectingStore(
            site.base,
            afterRead: {
                _ = try? await site.members.update(MemberSite.kim, by: me, key: "other phone") {
                    (profile) throws(MemberProfileError) in
                    let phone = try? PhoneNumber(validating: "+82 10 8765 4321")
                    return try MemberProfile(name: profile.name, email: profile.email, phone: phone)
                }
            }
        )
        let environment = ServiceEnvironment(
            store: racing,
            codec: .json,
            identifiers: TimeOrderedIdentifiers(clock: site.clock.wall),
            wallClock: site.clock.wall
        )
        let refusal = try await site.refusal {
            try await MemberCredentials(in: environment, ports: site.ports)
                .verifyPhone(of: MemberSite.kim, code, by: me, key: "proved")
        }
        #expect(refusal == .wrongCredentials)
    }

    @Test func aLoginThatIsRepeatedAfterAllSessionsEndedOpensNone() async throws {
        try await site.join()
        _ = try await site.logIn(key: "log-in")
        try await site.sessions.revokeAll(of: MemberSite.kim, by: me, key: "end")
        #expect(try await site.refusal { try await site.logIn(key: "log-in") } == .keyReused("log-in"))
    }

    @Test func whoKnowsThePasswordStartsAnewAfterWrongGuesses() async throws {
        try await site.join()
        func change(from current: String, key: IdempotencyKey) async throws -> MembersRefusal? {
            try await site.refusal {
                try await site.credentials.changePassword(
                    of: MemberSite.kim,
                    from: Password(current),
                    to: MemberSite.password,
                    by: me,
                    key: key
                )
            }
        }
        for round in 0..<2 {
            for guess in 0..<9 {
                let key = try IdempotencyKey("guess \(round) \(guess)")
                #expect(try await change(from: "a wrong guess", key: key) == .wrongCredentials)
            }
            #expect(try await change(from: "correct horse battery", key: IdempotencyKey("right \(round)")) == nil)
        }
    }

    @Test(arguments: 1...2)
    func nobodyGetsNewTokensWhoIsDisabledMeanwhile(_ number: Int) async throws {
        try await site.join()
        let tokens = try await site.logIn()
        let site = site
        let reads = Mutex(0)
        let racing = FaultInjectingStore(
            site.base,
            afterRead: {
                let isNow = reads.withLock { reads in
                    reads += 1
                    return reads == number
                }
                guard isNow else { return }
                try? await site.members.disable(MemberSite.kim, because: .misuse, by: MemberSite.staff, key: "disable")
            }
        )
        let environment = ServiceEnvironment(
            store: racing,
            codec: .json,
            identifiers: TimeOrderedIdentifiers(clock: site.clock.wall),
            wallClock: site.clock.wall
        )
        let refusal = try await site.refusal {
            try await Sessions(in: environment, tokens: site.ports.tokens).refresh(tokens.refresh, key: "refresh")
        }
        #expect(refusal == .sessionEnded(.allEnded))
    }

    @Test func nothingThatWasOnItsWayIsLeftOfWhoIsErased() async throws {
        let schools = PartnerSchools(in: site.environment)
        try await schools.add(PartnerSchoolID(bits: 401), domain: "uni.example", by: MemberSite.staff, key: "add")
        try await site.join()
        let phone = try await provePhone("+82 10 1234 5678")
        site.clock.advance(by: .minutes(2))
        try await site.logins.requestCode(to: phone, from: MemberSite.source, key: "ask")
        try await site.credentials.requestPhoneCode(of: MemberSite.kim, by: me, key: "prove again")
        let address = try EmailAddress(validating: "kim@uni.example")
        try await site.members.requestSchool(for: MemberSite.kim, at: address, by: me, key: "school")
        try await site.members.erase(MemberSite.kim, by: me, key: "erase")
        for collection in ["member-links", "member-codes"] {
            let name = try DocumentCollection(validating: collection)
            let left = try await site.base.documents(matching: .all(of: name, limit: 100)).documents
            #expect(left.map(\.key.id.text) == [], "\(collection)")
        }
    }

    @Test func nobodySellsForAnEnterpriseOfSomebodyElse() async throws {
        try await site.join()
        try await site.join(MemberSite.lee, "lee")
        let enterprise = EnterpriseID(bits: 301)
        try await Enterprises(in: site.environment).register(
            enterprise,
            profile: EnterpriseProfile(legalName: "Kim GmbH", country: "DE", registrationNumber: "HRB 4711"),
            owner: MemberSite.kim,
            by: me,
            key: "register"
        )
        let refusal = try await site.refusal {
            try await Sellers(in: site.environment).apply(
                SellerID(bits: 201),
                profile: SellerProfile(shopName: "Not Kim's"),
                owner: MemberSite.lee,
                enterprise: enterprise,
                by: .buyer(MemberSite.lee),
                key: "apply"
            )
        }
        #expect(refusal == .enterprise(.notRegistered))
    }
}
