import Marketplace
import MarketplaceTestKit
import Testing

@Suite struct LoginTests {
    @Test func nobodyLogsInBeforeTheAddressIsVerified() async throws {
        let site = MemberSite()
        try await site.members.signUp(site.request(), key: "sign-up")
        #expect(try await site.refusal { try await site.logIn() } == .notVerified(MemberSite.kim))
    }

    @Test func anUnknownAccountIsAnsweredLikeAWrongPasswordAfterTheSameWork() async throws {
        let site = MemberSite()
        try await site.join()
        let before = site.hasher.verificationCount
        #expect(try await attempt("kim", "wrong password", in: site) == .wrongCredentials)
        #expect(site.hasher.verificationCount == before + 1)
        #expect(try await attempt("nobody", "wrong password", in: site) == .wrongCredentials)
        #expect(site.hasher.verificationCount == before + 2)
    }

    @Test func anAccountIsThrottledAndOpensAgainInTheNextWindow() async throws {
        let site = MemberSite()
        try await site.join()
        let start = site.clock.wall.now
        for _ in 0..<10 { #expect(try await attempt("kim", "wrong password", in: site) == .wrongCredentials) }
        let work = site.hasher.verificationCount
        let refused = MembersRefusal.tooManyAttempts(until: start.advanced(by: .minutes(15)))
        #expect(try await site.refusal { try await site.logIn() } == refused, "the right password as well")
        #expect(site.hasher.verificationCount == work, "a refused attempt costs no hash")
        for _ in 0..<10 { _ = try await attempt("nobody", "wrong password", in: site) }
        #expect(try await attempt("nobody", "wrong password", in: site) == refused, "unknown accounts are no exception")
        site.clock.advance(by: .minutes(15))
        #expect(try await site.logIn().member == MemberSite.kim)
        #expect(try await site.logins.deleteExpired() == 3)
    }

    @Test func attemptsMadeTogetherAreNoMoreThanAttemptsOneByOne() async throws {
        let site = MemberSite()
        try await site.join()
        let refusals = try await withThrowingTaskGroup(of: MembersRefusal?.self) { group in
            for _ in 0..<40 { group.addTask { try await attempt("kim", "wrong password", in: site) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(refusals.count { $0 == .wrongCredentials } == 10)
    }

    @Test func aSourceThatTriesManyAccountsIsThrottled() async throws {
        var limits = MemberLimits()
        limits.attemptsPerSource = 5
        let site = MemberSite(limits: limits)
        try await site.join()
        for number in 0..<5 { _ = try await attempt("m\(number)", "wrong password", in: site) }
        guard case .tooManyAttempts? = try await site.refusal({ try await site.logIn() }) else {
            Issue.record("the source was not throttled")
            return
        }
    }

    @Test func aGoodLoginDoesNotGiveItsSourceMoreGuesses() async throws {
        var limits = MemberLimits()
        limits.attemptsPerSource = 5
        let site = MemberSite(limits: limits)
        try await site.join()
        for number in 0..<4 { _ = try await attempt("m\(number)", "wrong password", in: site) }
        _ = try await site.logIn()
        #expect(try await attempt("m5", "wrong password", in: site) == .wrongCredentials)
        guard case .tooManyAttempts? = try await attempt("m6", "wrong password", in: site) else {
            Issue.record("the source was not throttled")
            return
        }
    }

    @Test func aPasswordIsHashedAnewWhenItsHashIsOutdated() async throws {
        let first = MemberSite()
        try await first.join()
        let second = MemberSite(round: 2, over: first.base)
        let tokens = try await second.logIn(key: "first")
        #expect(try await second.logIn(key: "second").member == tokens.member)
        let third = MemberSite(round: 2, over: first.base)
        let stored = try await first.base.documents(matching: .all(of: "member-accesses", limit: 2)).documents
        #expect(String(decoding: try #require(stored.first).body, as: UTF8.self).contains("$test-only$2$"))
        #expect(try await third.sessions.list(of: MemberSite.kim, by: .buyer(MemberSite.kim)).count == 2)
    }

    @Test func aRepeatedLoginIsOneSession() async throws {
        let site = MemberSite()
        try await site.join()
        let first = try await site.logIn()
        let second = try await site.logIn()
        #expect(first.session == second.session)
        #expect(try await site.sessions.list(of: MemberSite.kim, by: .buyer(MemberSite.kim)).count == 1)
        #expect(try await attempt("kim", "wrong password", in: site, key: "log-in") == .wrongCredentials)
    }

    @Test func aCodeLogsInOnceUntilItsTimeAndForAFewAttempts() async throws {
        let site = MemberSite()
        try await site.join()
        let email = CodeDestination.email(try MemberSite.email("kim"))
        for _ in 0..<2 { try await site.logins.requestCode(to: email, from: MemberSite.source, key: "ask") }
        #expect(site.messages.messages.count == 1)
        let code = try #require(site.messages.messages.last).code
        let wrong = OneTimeCode(code.text == "000000" ? "000001" : "000000")
        for _ in 0..<4 { #expect(try await type(wrong, email, in: site) == .wrongCredentials) }
        #expect(try await type(code, email, in: site, key: "in") == nil)
        #expect(try await type(code, email, in: site, key: "another") == .wrongCredentials)

        site.clock.advance(by: .minutes(1))
        try await site.logins.requestCode(to: email, from: MemberSite.source, key: "ask again")
        let second = try #require(site.messages.messages.last).code
        for _ in 0..<5 { _ = try await type(wrong == second ? code : wrong, email, in: site) }
        #expect(try await type(second, email, in: site) == .wrongCredentials, "the attempts are used up")

        site.clock.advance(by: .minutes(15))
        try await site.logins.requestCode(to: email, from: MemberSite.source, key: "third")
        let third = try #require(site.messages.messages.last).code
        site.clock.advance(by: .minutes(5))
        #expect(try await type(third, email, in: site) == .wrongCredentials, "its time is over")
    }

    /// A hasher in whose queue there is no room.
    private struct BusyHasher: PasswordHasher {
        private static let busy = CredentialError(.busy, effect: .notApplied)

        func hash(_ password: Password) async throws(CredentialError) -> PasswordHash { throw Self.busy }

        func verify(_ password: Password, against hash: PasswordHash) async throws(CredentialError) -> PasswordVerdict {
            throw Self.busy
        }
    }

    @Test func aLoginThatFindsTheHasherBusySaysSoAndIsNoAttempt() async throws {
        let site = MemberSite()
        try await site.join()
        let ports = MemberPorts(
            hasher: BusyHasher(),
            tokens: site.ports.tokens,
            secrets: site.ports.secrets,
            codes: site.messages,
            identities: site.providers
        )
        let busy = Logins(in: site.environment, ports: ports, sessions: site.sessions)
        for name in ["kim", "nobody"] {
            for _ in 0..<11 {
                let error = await #expect(throws: MembersError.self) {
                    try await busy.logIn(
                        MemberSite.email(name),
                        MemberSite.password,
                        from: MemberSite.source,
                        key: "busy"
                    )
                }
                #expect(error == .port(CredentialError(.busy, effect: .notApplied)) && error?.isRetriable == true)
            }
        }
        _ = try await site.logIn()
    }

    @Test func aCodeThatWasUsedIsNotSentAgainByTheCallThatAskedForIt() async throws {
        let site = MemberSite()
        try await site.join()
        let email = CodeDestination.email(try MemberSite.email("kim"))
        func ask() async throws { try await site.logins.requestCode(to: email, from: MemberSite.source, key: "ask") }
        try await ask()
        let code = try #require(site.messages.messages.last).code
        #expect(try await type(code, email, in: site, key: "in") == nil)
        site.messages.fail(.notApplied)
        try await ask()  // it would fail if it sent anything
        #expect(site.messages.messages.count == 1)
    }

    @Test func aCodeThatHasRunOutIsNotSentAgain() async throws {
        let site = MemberSite()
        try await site.join()
        let email = CodeDestination.email(try MemberSite.email("kim"))
        site.messages.fail(.notApplied)
        await #expect(throws: MembersError.self) {
            try await site.logins.requestCode(to: email, from: MemberSite.source, key: "ask")
        }
        site.clock.advance(by: .minutes(5))
        try await site.logins.requestCode(to: email, from: MemberSite.source, key: "ask")
        #expect(site.messages.messages.isEmpty)
    }

    @Test func askingForACodeDoesNotTellWhetherThereIsSomebody() async throws {
        let site = MemberSite()
        let nobody = CodeDestination.email(try MemberSite.email("nobody"))
        try await site.logins.requestCode(to: nobody, from: MemberSite.source, key: "ask")
        #expect(site.messages.messages.isEmpty)
        guard
            case .tooSoon? = try await site.refusal({
                try await site.logins.requestCode(to: nobody, from: MemberSite.source, key: "again")
            })
        else {
            Issue.record("an unknown destination is answered in another way")
            return
        }
    }

    @Test func anUnsentCodeIsSentByTheRepetitionAndIsTheSame() async throws {
        let site = MemberSite()
        try await site.join()
        let email = CodeDestination.email(try MemberSite.email("kim"))
        site.messages.fail(.unknown, .notApplied)
        for _ in 0..<2 {
            await #expect(throws: MembersError.self) {
                try await site.logins.requestCode(to: email, from: MemberSite.source, key: "ask")
            }
        }
        try await site.logins.requestCode(to: email, from: MemberSite.source, key: "ask")
        #expect(site.messages.messages.count == 1)
        let code = try #require(site.messages.messages.last).code
        #expect(try await type(code, email, in: site, key: "in") == nil)
    }

    @Test func aNumberLogsInOnceItIsVerified() async throws {
        let site = MemberSite()
        try await site.join()
        let phone = try PhoneNumber(validating: "+82 10 1234 5678")
        let me = CommandActor.buyer(MemberSite.kim)
        try await site.members.update(MemberSite.kim, by: me, key: "phone") { (profile) throws(MemberProfileError) in
            try MemberProfile(name: profile.name, email: profile.email, phone: phone)
        }
        try await site.logins.requestCode(to: .phone(phone), from: MemberSite.source, key: "early")
        #expect(site.messages.messages.isEmpty, "a number that nobody proved is nobody's")
        try await site.credentials.requestPhoneCode(of: MemberSite.kim, by: me, key: "prove")
        let proof = try #require(site.messages.messages.last).code
        try await site.credentials.verifyPhone(of: MemberSite.kim, proof, by: me, key: "proved")
        site.clock.advance(by: .minutes(1))
        try await site.logins.requestCode(to: .phone(phone), from: MemberSite.source, key: "ask")
        let code = try #require(site.messages.messages.last).code
        #expect(try await type(code, .phone(phone), in: site, key: "in") == nil)

        try await site.join(MemberSite.lee, "lee")
        let other = CommandActor.buyer(MemberSite.lee)
        try await site.members.update(MemberSite.lee, by: other, key: "phone") { (profile) throws(MemberProfileError) in
            try MemberProfile(name: profile.name, email: profile.email, phone: phone)
        }
        site.clock.advance(by: .minutes(1))
        try await site.credentials.requestPhoneCode(of: MemberSite.lee, by: other, key: "prove")
        let second = try #require(site.messages.messages.last).code
        #expect(
            try await site.refusal {
                try await site.credentials.verifyPhone(of: MemberSite.lee, second, by: other, key: "proved")
            } == .phoneTaken
        )
    }

    @Test func anIdentityElsewhereLogsInWhomeverItBelongsTo() async throws {
        let site = MemberSite()
        try await site.join()
        let proof = SocialProof(provider: "kakao", token: "a")
        let me = CommandActor.buyer(MemberSite.kim)
        #expect(try await logIn(proof, in: site) == .identityRefused(.notAuthentic))
        site.providers.handOut(proof, for: SocialIdentity(provider: "kakao", subject: "4711"))
        #expect(try await logIn(proof, in: site) == .identityUnknown)
        try await site.credentials.link(proof, to: MemberSite.kim, by: me, key: "link")
        #expect(try await logIn(proof, in: site) == nil)
        try await site.join(MemberSite.lee, "lee")
        #expect(
            try await site.refusal {
                try await site.credentials.link(proof, to: MemberSite.lee, by: .buyer(MemberSite.lee), key: "link")
            } == .identityTaken
        )
        try await site.credentials.unlink("kakao", from: MemberSite.kim, by: me, key: "unlink")
        #expect(try await logIn(proof, in: site) == .identityUnknown)
    }

    @Test func whoSignedUpWithAnIdentityKeepsSomethingToLogInWith() async throws {
        let site = MemberSite()
        let proof = SocialProof(provider: "kakao", token: "a")
        site.providers.handOut(proof, for: SocialIdentity(provider: "kakao", subject: "4711"))
        let request = try MemberSignUp(
            member: MemberSite.kim,
            profile: MemberProfile(name: "Kim", email: MemberSite.email("kim")),
            credential: .social(proof)
        )
        try await site.members.signUp(request, key: "sign-up")
        try await site.members.verifyEmail(site.link(.verifyEmail), key: "verify")
        #expect(try await logIn(proof, in: site) == nil)
        #expect(
            try await site.refusal {
                try await site.credentials.unlink("kakao", from: MemberSite.kim, by: .buyer(MemberSite.kim), key: "u")
            } == .lastCredential
        )
        #expect(try await attempt("kim", "", in: site) == .wrongCredentials)
    }

    @Test func aForgottenPasswordIsReplacedByALinkOnce() async throws {
        let site = MemberSite()
        try await site.join()
        let old = try await site.logIn()
        for name in ["kim", "nobody", "kim"] {
            try await site.credentials.requestPasswordReset(
                MemberSite.email(name),
                from: MemberSite.source,
                key: MemberSite.key(name, MemberSite.kim)
            )
        }
        let link = try await site.link(.resetPassword)
        #expect(site.gateway.delivered.count { $0.template == .resetPassword } == 1)
        let new = Password("another long password")
        #expect(
            try await site.refusal { try await site.credentials.resetPassword(link, to: Password("short"), key: "r") }
                == .passwordTooShort(minimum: 8)
        )
        for _ in 0..<2 { try await site.credentials.resetPassword(link, to: new, key: "r") }
        #expect(
            try await site.refusal { try await site.credentials.resetPassword(link, to: new, key: "s") } == .linkUsed
        )
        #expect(try await site.refusal { try await site.logIn(key: "old") } == .wrongCredentials)
        #expect(try await attempt("kim", "another long password", in: site) == nil)
        #expect(
            try await site.refusal { try await site.sessions.authenticate(old.access) } == .sessionEnded(.allEnded)
        )
    }

    @Test func aChangedPasswordEndsAllSessions() async throws {
        let site = MemberSite()
        try await site.join()
        let old = try await site.logIn()
        let new = Password("another long password")
        let me = CommandActor.buyer(MemberSite.kim)
        #expect(
            try await site.refusal {
                try await site.credentials.changePassword(of: MemberSite.kim, from: new, to: new, by: me, key: "wrong")
            } == .wrongCredentials
        )
        for _ in 0..<2 {
            try await site.credentials.changePassword(
                of: MemberSite.kim,
                from: MemberSite.password,
                to: new,
                by: me,
                key: "change"
            )
        }
        #expect(
            try await site.refusal { try await site.sessions.refresh(old.refresh, key: "r") }
                == .sessionEnded(.allEnded)
        )
        #expect(try await attempt("kim", "another long password", in: site) == nil)
    }

    private func attempt(
        _ name: String,
        _ password: String,
        in site: MemberSite,
        key: IdempotencyKey = "attempt"
    ) async throws -> MembersRefusal? {
        try await site.refusal {
            try await site.logins.logIn(
                MemberSite.email(name),
                Password(password),
                from: MemberSite.source,
                key: key
            )
        }
    }

    private func type(
        _ code: OneTimeCode,
        _ destination: CodeDestination,
        in site: MemberSite,
        key: IdempotencyKey = "code"
    ) async throws -> MembersRefusal? {
        try await site.refusal { try await site.logins.logIn(destination, code, from: MemberSite.source, key: key) }
    }

    private func logIn(_ proof: SocialProof, in site: MemberSite) async throws -> MembersRefusal? {
        try await site.refusal { try await site.logins.logIn(proof, from: MemberSite.source, key: "social") }
    }
}
