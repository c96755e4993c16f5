import Marketplace
import MarketplaceTestKit
import Testing

@Suite struct MembersTests {
    @Test func whatIsEnteredAtSignUpIsWhatIsStoredAfterVerification() async throws {
        let site = MemberSite()
        // Composed and decomposed letters, case, spaces: to the letter.
        let name = "  Zoe\u{301}  김 "
        let profile = try MemberProfile(
            name: name,
            email: EmailAddress(validating: "Zoe.Kim+shop@Shop.Example"),
            phone: PhoneNumber(validating: "+82 10-1234-5678"),
            language: LanguageTag(validating: "ko")
        )
        let request = MemberSignUp(
            member: MemberSite.kim,
            profile: profile,
            credential: .password(MemberSite.password),
            consents: [.marketing]
        )
        try await site.members.signUp(request, key: "sign-up")
        try await site.members.verifyEmail(site.link(.verifyEmail), key: "verify")
        let stored = try await site.members.profile(of: MemberSite.kim, by: .buyer(MemberSite.kim))
        #expect(Array(stored.name.utf8) == Array(name.utf8))
        #expect(stored.email.text == "Zoe.Kim+shop@Shop.Example")
        #expect(stored.phone == profile.phone)
        #expect(stored.language == profile.language)
        let member = try await site.members.member(MemberSite.kim)
        #expect(member.status == .verified)
        #expect(member.consents(to: .marketing))
        #expect(!member.consents(to: .thirdParty))
        let tokens = try await site.logins.logIn(
            EmailAddress(validating: "zoe.kim+SHOP@shop.example"),
            MemberSite.password,
            from: MemberSite.source,
            key: "log-in"
        )
        #expect(tokens.member == MemberSite.kim)
    }

    @Test func aRepeatedSignUpChangesNothingAndSendsNoSecondMail() async throws {
        let site = MemberSite()
        for _ in 0..<3 { try await site.members.signUp(site.request(), key: "sign-up") }
        try await site.mail.sendDue()
        #expect(site.gateway.delivered.count == 1)
        #expect(try await site.events().map(\.name) == ["MemberCreated"])
        #expect(
            try await site.refusal {
                try await site.members.signUp(site.request(MemberSite.kim, "lee"), key: "another")
            } == .member(.alreadySignedUp(MemberSite.kim))
        )
    }

    @Test func oneSignUpMadeManyTimesAtOnceIsOneMember() async throws {
        let site = MemberSite()
        let request = try site.request()
        try await withThrowingTaskGroup(of: MemberID.self) { group in
            for _ in 0..<8 { group.addTask { try await site.members.signUp(request, key: "sign-up") } }
            for try await id in group { #expect(id == MemberSite.kim) }
        }
        #expect(try await site.events().map(\.name) == ["MemberCreated"])
    }

    @Test func anAddressBelongsToOneMemberInEitherCase() async throws {
        let site = MemberSite()
        try await site.join()
        #expect(
            try await site.refusal {
                try await site.members.signUp(site.request(MemberSite.lee, "KIM"), key: "lee")
            } == .emailTaken
        )
        try await site.members.erase(MemberSite.kim, by: .buyer(MemberSite.kim), key: "erase")
        try await site.members.signUp(site.request(MemberSite.lee, "KIM"), key: "lee-2")
    }

    @Test func aLinkIsGoodUntilItsTimeAndIsReplacedByTheNext() async throws {
        let site = MemberSite()
        try await site.members.signUp(site.request(), key: "sign-up")
        let first = try await site.link(.verifyEmail)
        try await site.members.resendVerification(to: MemberSite.email("kim"), key: "too soon")
        #expect(try await site.link(.verifyEmail) == first)
        site.clock.advance(by: .minutes(1))
        for _ in 0..<2 { try await site.members.resendVerification(to: MemberSite.email("kim"), key: "again") }
        let second = try await site.link(.verifyEmail)
        #expect(site.gateway.delivered.count == 2)
        #expect(try await verify(first, in: site) == .linkUnknown)
        site.clock.advance(by: .days(1))
        let expiry = site.clock.wall.now
        #expect(try await verify(second, in: site) == .linkExpired(at: expiry))
        try await site.members.resendVerification(to: MemberSite.email("kim"), key: "third")
        let third = try await site.link(.verifyEmail)
        #expect(try await verify(LinkToken(third.text + "0"), in: site) == .linkUnknown)
        #expect(try await verify(LinkToken("nonsense"), in: site) == .linkUnknown)
        #expect(try await verify(third, in: site) == nil)
        #expect(try await verify(third, in: site) == nil, "a second click changes nothing")
        #expect(try await site.events().map(\.name) == ["MemberCreated", "MemberVerified"])
    }

    @Test func whoNeverVerifiesIsErasedAndTheAddressIsFree() async throws {
        let site = MemberSite()
        try await site.members.signUp(site.request(), key: "sign-up")
        site.clock.advance(by: .days(7) - .seconds(1))
        #expect(try await site.members.eraseUnverified() == 0)
        site.clock.advance(by: .seconds(1))
        #expect(try await site.members.eraseUnverified() == 1)
        #expect(try await site.members.eraseUnverified() == 0)
        try await site.join(MemberSite.lee, "kim")
        site.clock.advance(by: .days(30))
        #expect(try await site.members.eraseUnverified() == 0, "whoever verified stays")
    }

    @Test func erasingLeavesTheEventsReadableAndNothingPersonal() async throws {
        let site = MemberSite()
        try await site.join()
        _ = try await site.logIn()
        try await site.members.requestEmailChange(
            of: MemberSite.kim,
            to: MemberSite.email("kim-new"),
            by: .buyer(MemberSite.kim),
            key: "change"
        )
        try await site.members.erase(MemberSite.kim, by: .buyer(MemberSite.kim), key: "erase")
        #expect(try await site.members.member(MemberSite.kim).status == .erased)
        #expect(
            try await site.refusal {
                try await site.members.profile(of: MemberSite.kim, by: MemberSite.staff)
            } == .unknownMember(MemberSite.kim)
        )
        #expect(try await site.refusal { try await site.logIn(key: "after") } == .wrongCredentials)
        try await site.mail.sendDue()
        #expect(site.gateway.delivered.count == 1, "no mail goes to whoever is erased")
        for event in try await site.events() {
            #expect(!String(decoding: event.payload, as: UTF8.self).contains("kim"))
        }
        for collection in ["member-profiles", "member-accesses", "member-links", "sessions", "mail-notices"] {
            let name = try DocumentCollection(validating: collection)
            let left = try await site.base.documents(matching: .all(of: name, limit: 100)).documents
            #expect(left.isEmpty, "\(collection)")
        }
    }

    @Test func eventsCarryNoPersonalData() async throws {
        let site = MemberSite()
        try await site.join()
        try await site.members.update(MemberSite.kim, by: .buyer(MemberSite.kim), key: "update") {
            (profile) throws(MemberProfileError) in
            try MemberProfile(name: "kimberley", email: profile.email, phone: profile.phone)
        }
        for event in try await site.events() {
            #expect(!String(decoding: event.payload, as: UTF8.self).contains("kim"), "\(event.name)")
        }
    }

    @Test func aProfileIsChangedOnceForItsKey() async throws {
        let site = MemberSite()
        try await site.join()
        for _ in 0..<2 {
            let fields = try await site.members.update(MemberSite.kim, by: .buyer(MemberSite.kim), key: "update") {
                (profile) throws(MemberProfileError) in
                try MemberProfile(name: profile.name + "!", email: profile.email)
            }
            #expect(fields == [.name])
        }
        let profile = try await site.members.profile(of: MemberSite.kim, by: MemberSite.staff)
        #expect(profile.name == "kim!")
        let stranger = CommandActor.buyer(MemberSite.lee)
        guard
            case .forbidden? = try await site.refusal({
                try await site.members.update(MemberSite.kim, by: stranger, key: "stranger") { $0 }
            })
        else {
            Issue.record("a stranger changed a profile")
            return
        }
    }

    @Test func anotherAddressHoldsFromItsVerificationOnAndTheOldOneIsTold() async throws {
        let site = MemberSite()
        try await site.join()
        let new = try MemberSite.email("kim-new")
        try await site.members.requestEmailChange(of: MemberSite.kim, to: new, by: .buyer(MemberSite.kim), key: "ask")
        let link = try await site.link(.changeEmail)
        #expect(site.gateway.delivered.last?.address == new)
        #expect(try await site.members.profile(of: MemberSite.kim, by: MemberSite.staff).email.text != new.text)
        for _ in 0..<2 { try await site.members.confirmEmailChange(link, key: "confirm") }
        #expect(try await site.members.profile(of: MemberSite.kim, by: MemberSite.staff).email.text == new.text)
        try await site.mail.sendDue()
        #expect(site.gateway.delivered.last?.template == .emailChanged)
        #expect(site.gateway.delivered.last?.address.text == "kim@shop.example")
        #expect(try await site.logIn("kim-new").member == MemberSite.kim)
    }

    @Test func consentsTellWhenTheyChanged() async throws {
        let site = MemberSite()
        try await site.join()
        site.clock.advance(by: .hours(1))
        let members = site.members
        let me = CommandActor.buyer(MemberSite.kim)
        try await members.setConsent(.thirdParty, of: MemberSite.kim, isGiven: true, by: me, key: "give")
        let time = site.clock.wall.now
        site.clock.advance(by: .hours(1))
        try await members.setConsent(.thirdParty, of: MemberSite.kim, isGiven: true, by: me, key: "give again")
        #expect(
            try await members.member(MemberSite.kim).consents
                == [.thirdParty: ConsentState(isGiven: true, changedAt: time)]
        )
        guard
            case .member(.move)? = try await site.refusal({
                try await members.setConsent(
                    .marketing,
                    of: MemberSite.kim,
                    isGiven: true,
                    by: MemberSite.staff,
                    key: "staff"
                )
            })
        else {
            Issue.record("somebody consented for somebody else")
            return
        }
    }

    private func verify(_ link: LinkToken, in site: MemberSite) async throws -> MembersRefusal? {
        try await site.refusal { try await site.members.verifyEmail(link, key: "verify") }
    }
}
