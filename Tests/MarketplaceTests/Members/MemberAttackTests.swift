import Marketplace
import MarketplaceTestKit
import Synchronization
import Testing

@Suite struct MemberAttackTests {
    private let me = CommandActor.buyer(MemberSite.kim)

    @Test func whoVerifiesWhileTheUnverifiedAreErasedStays() async throws {
        let site = MemberSite()
        try await site.members.signUp(site.request(), key: "sign-up")
        let link = try await site.link(.verifyEmail)
        // An operator verifies, for the link has expired by then.
        site.clock.advance(by: .days(7))
        let isFirst = Mutex(true)
        let racing = FaultInjectingStore(
            site.base,
            afterRead: {
                guard isFirst.withLock({ isFirst in (isFirst, isFirst = false).0 }) else { return }
                try? await site.members.verify(MemberSite.kim, by: MemberSite.staff, key: "by hand")
            }
        )
        let environment = ServiceEnvironment(
            store: racing,
            codec: .json,
            identifiers: TimeOrderedIdentifiers(clock: site.clock.wall),
            wallClock: site.clock.wall
        )
        #expect(try await Members(in: environment, ports: site.ports).eraseUnverified() == 0)
        #expect(!isFirst.withLock { $0 } && !link.text.isEmpty)
        #expect(try await site.members.member(MemberSite.kim).status == .verified)
        #expect(try await site.logIn().member == MemberSite.kim)
    }

    @Test func aSignUpUnderAForetoldKeyIsErasedAllTheSame() async throws {
        let site = MemberSite()
        try await site.members.signUp(site.request(), key: MemberSite.key("unverified", MemberSite.kim))
        site.clock.advance(by: .days(7))
        #expect(try await site.members.eraseUnverified() == 1)
        #expect(try await site.members.eraseUnverified() == 0)
        try await site.join(MemberSite.lee, "kim")
    }

    @Test func nothingIsLeftOfAMemberHoweverManyMailsThereWere() async throws {
        let site = MemberSite()
        try await site.join()
        for number in 0..<205 {
            site.clock.advance(by: .minutes(1))
            let key = IdempotencyKey(MailNoticeID(bits: UInt128(number)))
            try await site.credentials.requestPasswordReset(MemberSite.email("kim"), from: MemberSite.source, key: key)
        }
        try await site.members.erase(MemberSite.kim, by: me, key: "erase")
        #expect(try await site.base.documents(matching: .all(of: "mail-notices", limit: 10)).documents.isEmpty)
    }

    @Test func whoRepeatsAUsedKeyOfSomebodyElseErasesNothing() async throws {
        let site = MemberSite()
        try await site.join()
        let tokens = try await site.logIn()
        let key = try MemberSite.key("sign-up", MemberSite.kim)
        try? await site.members.erase(MemberSite.kim, by: .buyer(MemberSite.lee), key: key)
        #expect(try await site.sessions.authenticate(tokens.access).member == MemberSite.kim)
    }

    @Test func nobodyWhoRunsTheMarketplaceTakesAnAccountOver() async throws {
        let site = MemberSite()
        try await site.join()
        let phone = try PhoneNumber(validating: "+82 10 1234 5678")
        try await site.members.update(MemberSite.kim, by: MemberSite.staff, key: "phone") {
            (profile) throws(MemberProfileError) in
            try MemberProfile(name: profile.name, email: profile.email, phone: phone)
        }
        let refusals = [
            try await site.refusal {
                try await site.members.requestEmailChange(
                    of: MemberSite.kim,
                    to: MemberSite.email("staff"),
                    by: MemberSite.staff,
                    key: "email"
                )
            },
            try await site.refusal {
                try await site.credentials.requestPhoneCode(of: MemberSite.kim, by: MemberSite.staff, key: "code")
            },
            try await site.refusal {
                try await site.credentials.verifyPhone(
                    of: MemberSite.kim,
                    OneTimeCode("000000"),
                    by: MemberSite.staff,
                    key: "verify phone"
                )
            },
        ]
        for refusal in refusals {
            guard case .forbidden? = refusal else {
                Issue.record("refused with \(String(describing: refusal))")
                continue
            }
        }
        #expect(site.messages.messages.isEmpty)
    }

    @Test(arguments: [true, false])
    func aLinkThatReplacesThePasswordEndsWithTheAddressAndThePassword(_ isAddress: Bool) async throws {
        let site = MemberSite()
        try await site.join()
        try await site.credentials.requestPasswordReset(MemberSite.email("kim"), from: MemberSite.source, key: "reset")
        let reset = try await site.link(.resetPassword)
        if isAddress {
            let new = try MemberSite.email("kim-new")
            try await site.members.requestEmailChange(of: MemberSite.kim, to: new, by: me, key: "ask")
            try await site.members.confirmEmailChange(site.link(.changeEmail), key: "confirm")
        } else {
            try await site.credentials.changePassword(
                of: MemberSite.kim,
                from: MemberSite.password,
                to: Password("another long password"),
                by: me,
                key: "change"
            )
        }
        #expect(
            try await site.refusal {
                try await site.credentials.resetPassword(reset, to: Password("that of a thief"), key: "theft")
            } == .linkUnknown
        )
    }

    @Test func whoSignsUpWithTheAddressOfSomebodyElseIsOutOnceTheyReplaceThePassword() async throws {
        let site = MemberSite()
        let proof = SocialProof(provider: "kakao", token: "a")
        site.providers.handOut(proof, for: SocialIdentity(provider: "kakao", subject: "4711"))
        let request = try MemberSignUp(
            member: MemberSite.kim,
            profile: MemberProfile(name: "Thief", email: MemberSite.email("kim")),
            credential: .social(proof)
        )
        try await site.members.signUp(request, key: "sign-up")
        let verification = try await site.link(.verifyEmail)
        try await site.credentials.requestPasswordReset(MemberSite.email("kim"), from: MemberSite.source, key: "reset")
        try await site.credentials.resetPassword(site.link(.resetPassword), to: MemberSite.password, key: "mine")
        try await site.members.verifyEmail(verification, key: "verify")
        #expect(try await site.logIn().member == MemberSite.kim)
        #expect(
            try await site.refusal {
                try await site.logins.logIn(proof, from: MemberSite.source, key: "theft")
            } == .identityUnknown
        )
    }

    @Test(arguments: [false, true])
    func whoReplacesAPasswordLearnsWhichIdentitiesLogInAndCanUnlinkThem(_ isUnlinking: Bool) async throws {
        let site = MemberSite()
        try await site.join()
        let thief = SocialIdentity(provider: "elsewhere", subject: "thief")
        let proof = SocialProof(provider: "elsewhere", token: "proof of the thief")
        site.providers.handOut(proof, for: thief)
        try await site.credentials.link(proof, to: MemberSite.kim, by: me, key: "while in the account")
        try await site.credentials.requestPasswordReset(
            MemberSite.email("kim"),
            from: MemberSite.source,
            key: "forgotten"
        )
        let link = try await site.link(.resetPassword)
        for _ in 0..<2 {
            try await site.credentials.resetPassword(
                link,
                to: Password("another long password"),
                unlinkingIdentities: isUnlinking,
                key: "reset"
            )
        }
        try await site.mail.sendDue()
        let notice = try #require(site.gateway.delivered.last { $0.template == .passwordChanged })
        let since = site.clock.wall.now
        #expect(notice.values["identities"] == (isUnlinking ? nil : "elsewhere (1, the latest since \(since))"))
        let refusal = try await site.refusal {
            try await site.logins.logIn(proof, from: MemberSite.source, key: "thief")
        }
        #expect(refusal == (isUnlinking ? .identityUnknown : nil))
    }

    // It stayed, and a second identity of one provider was not seen in the mail.
    @Test func whoReplacesAPasswordThrowsOutWhoeverHasLinkedAnIdentityUnlessTheMemberKeepsThem() async throws {
        for isKeeping in [false, true] {
            let site = MemberSite()
            try await site.join()
            for (subject, key) in [("kim", "link kim"), ("thief", "link thief")]
                as [(TextKey<SocialSubject>, IdempotencyKey)]
            {
                let proof = SocialProof(provider: "google", token: subject.text)
                site.providers.handOut(proof, for: SocialIdentity(provider: "google", subject: subject))
                for _ in 0..<2 { try await site.credentials.link(proof, to: MemberSite.kim, by: me, key: key) }
                // Linked a second time it is nothing new.
                try await site.credentials.link(proof, to: MemberSite.kim, by: me, key: "again")
                try await site.mail.sendDue()
                site.clock.advance(by: .hours(1))
            }
            let told = site.gateway.delivered.filter { $0.template == .identityLinked }
            #expect(told.map { $0.values["provider"] } == ["google", "google"])
            let email = try MemberSite.email("kim")
            try await site.credentials.requestPasswordReset(email, from: MemberSite.source, key: "forgotten")
            let link = try await site.link(.resetPassword)
            let new = Password("another long password")
            if isKeeping {
                try await site.credentials.resetPassword(link, to: new, unlinkingIdentities: false, key: "reset")
            } else {
                try await site.credentials.resetPassword(link, to: new, key: "reset")
            }
            try await site.mail.sendDue()
            let notice = try #require(site.gateway.delivered.last { $0.template == .passwordChanged })
            #expect(notice.values["identities"]?.hasPrefix("google (2, the latest since ") ?? false == isKeeping)
            let proof = SocialProof(provider: "google", token: "thief")
            let refusal = try await site.refusal {
                try await site.logins.logIn(proof, from: MemberSite.source, key: "thief")
            }
            #expect(refusal == (isKeeping ? nil : .identityUnknown))
        }
    }

    @Test func whoReadsTheStoreFindsNeitherTokensNorLinksNorCodes() async throws {
        let site = MemberSite()
        try await site.join()
        let tokens = try await site.logIn()
        try await site.credentials.requestPasswordReset(
            MemberSite.email("kim"),
            from: MemberSite.source,
            key: "forgotten"
        )
        let link = try await site.link(.resetPassword)
        let email = CodeDestination.email(try MemberSite.email("kim"))
        try await site.logins.requestCode(to: email, from: MemberSite.source, key: "ask")
        let code = try #require(site.messages.messages.last).code
        let secrets = [
            tokens.access.text, tokens.refresh.text,
            try #require(link.text.split(separator: ".").last.map(String.init)), "\"\(code.text)\"",
        ]
        for collection in ["member-links", "member-codes", "tokens", "sessions", "mail-notices"] {
            let name = try DocumentCollection(validating: collection)
            let documents = try await site.base.documents(matching: .all(of: name, limit: 100)).documents
            #expect(!documents.isEmpty, "\(collection)")
            for document in documents {
                let text = document.key.id.text + String(decoding: document.body, as: UTF8.self)
                for secret in secrets { #expect(!text.contains(secret), "\(collection)") }
            }
        }
    }

    @Test func whatWasMadeUnderAnotherKeyIsNoLongerGood() async throws {
        let site = MemberSite()
        try await site.join()
        let tokens = try await site.logIn()
        let other = StoredTokens(in: site.environment, secrets: InsecureMessageAuthenticator(forTestsOnly: "other"))
        await #expect(throws: CredentialError.self) {
            try await other.read(tokens.access, as: .access, at: site.clock.wall.now)
        }
        _ = try await site.ports.tokens.read(tokens.access, as: .access, at: site.clock.wall.now)
    }

    @Test func codesGoToAFewNumbersOfAMemberAndNoMore() async throws {
        let site = MemberSite()
        try await site.join()
        var refusals: [MembersRefusal?] = []
        for number in 0..<12 {
            let phone = try PhoneNumber(validating: "+8210123456\(10 + number)")
            let key = IdempotencyKey(MailNoticeID(bits: UInt128(number)))
            try await site.members.update(MemberSite.kim, by: me, key: key) {
                (profile) throws(MemberProfileError) in
                try MemberProfile(name: profile.name, email: profile.email, phone: phone)
            }
            refusals.append(
                try await site.refusal {
                    try await site.credentials.requestPhoneCode(of: MemberSite.kim, by: me, key: key)
                }
            )
        }
        #expect(site.messages.messages.count == 10)
        #expect(refusals.prefix(10).allSatisfy { $0 == nil })
        guard case .tooManyAttempts? = refusals.last ?? nil else {
            Issue.record("the member was not throttled")
            return
        }
    }

    @Test func aLoginGoesThroughWhoseWindowEndsAndIsSweptMeanwhile() async throws {
        let site = MemberSite()
        try await site.join()
        let isFirst = Mutex(true)
        let slow = FaultInjectingStore(
            site.base,
            afterRead: {
                guard isFirst.withLock({ isFirst in (isFirst, isFirst = false).0 }) else { return }
                site.clock.advance(by: .minutes(15))
                _ = try? await site.logins.deleteExpired()
            }
        )
        let environment = ServiceEnvironment(
            store: slow,
            codec: .json,
            identifiers: TimeOrderedIdentifiers(clock: site.clock.wall),
            wallClock: site.clock.wall
        )
        let sessions = Sessions(in: environment, tokens: site.ports.tokens)
        let logins = Logins(in: environment, ports: site.ports, sessions: sessions)
        let tokens = try await logins.logIn(
            MemberSite.email("kim"),
            MemberSite.password,
            from: MemberSite.source,
            key: "slow"
        )
        #expect(tokens.member == MemberSite.kim)
    }
}
