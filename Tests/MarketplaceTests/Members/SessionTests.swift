import Marketplace
import MarketplaceTestKit
import Testing

@Suite struct SessionTests {
    @Test func anAccessTokenIsWhoeverLoggedInUntilItsTime() async throws {
        let site = MemberSite()
        try await site.join()
        let tokens = try await site.logIn()
        let who = try await site.sessions.authenticate(tokens.access)
        #expect(who.member == MemberSite.kim && who.session == tokens.session && who.buyer == .buyer(MemberSite.kim))
        #expect(try await refusal(tokens.refresh, in: site) == .tokenRefused(.wrongKind))
        #expect(try await refusal(TokenText("nonsense"), in: site) == .tokenRefused(.notAuthentic))
        site.clock.advance(by: .minutes(15))
        #expect(try await refusal(tokens.access, in: site) == .tokenRefused(.expired))
    }

    @Test func aRefreshTokenIsGoodOnceAndItsReuseEndsTheSession() async throws {
        let site = MemberSite()
        try await site.join()
        let first = try await site.logIn()
        let second = try await site.sessions.refresh(first.refresh, key: "one")
        let repeated = try await site.sessions.refresh(first.refresh, key: "one")
        #expect(repeated.session == second.session, "a lost answer is given again")
        let third = try await site.sessions.refresh(repeated.refresh, key: "two")
        #expect(
            try await site.refusal { try await site.sessions.refresh(first.refresh, key: "thief") }
                == .tokenReused(first.session)
        )
        #expect(
            try await site.refusal { try await site.sessions.refresh(third.refresh, key: "member") }
                == .sessionEnded(.tokenReused)
        )
        #expect(try await refusal(third.access, in: site) == .sessionEnded(.tokenReused))
        try await site.mail.sendDue()
        #expect(site.gateway.delivered.last?.template == .tokenReused)
    }

    @Test func ofTwoWhoRefreshAtOnceOneIsTakenForAThief() async throws {
        let site = MemberSite()
        try await site.join()
        let first = try await site.logIn()
        let refusals = try await withThrowingTaskGroup(of: MembersRefusal?.self) { group in
            for key in ["one", "two"] as [IdempotencyKey] {
                group.addTask { try await site.refusal { try await site.sessions.refresh(first.refresh, key: key) } }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(refusals.count { $0 == nil } == 1)
        #expect(try await site.sessions.list(of: MemberSite.kim, by: .buyer(MemberSite.kim)).isEmpty)
    }

    @Test func aSessionEndsWhenNobodyUsesItAndAtTheLatestAfterItsTime() async throws {
        let site = MemberSite()
        try await site.join()
        var tokens = try await site.logIn()
        for key in ["a", "b", "c"] as [IdempotencyKey] {
            site.clock.advance(by: .days(29))
            tokens = try await site.sessions.refresh(tokens.refresh, key: key)
        }
        #expect(tokens.refreshExpiry == site.clock.wall.now.advanced(by: .days(3)))
        site.clock.advance(by: .days(3))
        #expect(try await site.refusal { try await site.sessions.refresh(tokens.refresh, key: "d") } != nil)
        let idle = try await site.logIn(key: "idle")
        site.clock.advance(by: .days(30))
        #expect(try await site.refusal { try await site.sessions.refresh(idle.refresh, key: "e") } != nil)
        #expect(try await site.sessions.deleteExpired() == 1)
    }

    @Test func sessionsAreListedAndEndedOneByOneOrAllAtOnce() async throws {
        let site = MemberSite()
        try await site.join()
        let me = CommandActor.buyer(MemberSite.kim)
        let first = try await site.logIn(key: "first")
        let second = try await site.logIn(key: "second")
        let third = try await site.logIn(key: "third")
        #expect(try await site.sessions.list(of: MemberSite.kim, by: me).count == 3)
        for _ in 0..<2 { try await site.sessions.revoke(first.session, of: MemberSite.kim, by: me) }
        try await site.sessions.logOut(second.access)
        #expect(try await site.sessions.list(of: MemberSite.kim, by: me).map(\.id) == [third.session])
        #expect(try await refusal(first.access, in: site) == .sessionEnded(.revoked))
        #expect(try await refusal(second.access, in: site) == .sessionEnded(.loggedOut))
        try await site.sessions.revokeAll(of: MemberSite.kim, by: MemberSite.staff, key: "end")
        #expect(try await refusal(third.access, in: site) == .sessionEnded(.allEnded))
        #expect(try await site.sessions.list(of: MemberSite.kim, by: me).isEmpty)
    }

    @Test func aRepeatedEndOfAllSessionsEndsNoneThatWasOpenedSince() async throws {
        let site = MemberSite()
        try await site.join()
        _ = try await site.logIn(key: "before")
        try await site.sessions.revokeAll(of: MemberSite.kim, by: MemberSite.staff, key: "end")
        let since = try await site.logIn(key: "since")
        try await site.sessions.revokeAll(of: MemberSite.kim, by: MemberSite.staff, key: "end")
        #expect(try await refusal(since.access, in: site) == nil)
        try await site.sessions.revokeAll(of: MemberSite.kim, by: MemberSite.staff, key: "end again")
        #expect(try await refusal(since.access, in: site) == .sessionEnded(.allEnded))
    }

    @Test func aStrangerNeitherSeesNorEndsSessions() async throws {
        let site = MemberSite()
        try await site.join()
        let tokens = try await site.logIn()
        let stranger = CommandActor.buyer(MemberSite.lee)
        #expect(try await site.refusal { try await site.sessions.list(of: MemberSite.kim, by: stranger) } != nil)
        let refused = try await site.refusal {
            try await site.sessions.revokeAll(of: MemberSite.kim, by: stranger, key: "theirs")
        }
        #expect(refused != nil)
        try await site.sessions.revoke(tokens.session, of: MemberSite.lee, by: stranger)
        #expect(try await refusal(tokens.access, in: site) == nil)
    }

    @Test func disablingAMemberEndsAllSessionsInTheSameCommit() async throws {
        let site = MemberSite()
        try await site.join()
        let tokens = try await site.logIn()
        try await site.members.disable(MemberSite.kim, because: .misuse, by: MemberSite.staff, key: "off")
        #expect(try await refusal(tokens.access, in: site) == .sessionEnded(.allEnded))
        #expect(try await site.refusal { try await site.logIn(key: "again") } == .accountDisabled(MemberSite.kim))
        try await site.members.reinstate(MemberSite.kim, by: MemberSite.staff, key: "on")
        #expect(try await refusal(tokens.access, in: site) == .sessionEnded(.allEnded), "old sessions stay ended")
        #expect(try await site.logIn(key: "new").member == MemberSite.kim)
    }

    @Test func theOldestSessionMakesRoom() async throws {
        let site = MemberSite()
        try await site.join()
        var first: SessionTokens?
        for number in 0...SessionLifetimes.maximumSessions {
            site.clock.advance(by: .seconds(1))
            let tokens = try await site.logIn(key: IdempotencyKey(validating: "login \(number)"))
            first = first ?? tokens
        }
        let open = try await site.sessions.list(of: MemberSite.kim, by: .buyer(MemberSite.kim))
        #expect(open.count == SessionLifetimes.maximumSessions)
        #expect(try await refusal(#require(first).access, in: site) == .sessionEnded(.expired))
    }

    @Test func aRolePermitsWhatItIsSaidToAndNothingElse() async throws {
        let site = MemberSite()
        try await site.join()
        let tokens = try await site.logIn()
        let cancel = OrderAction.cancel(.buyerRequest).rule
        let roles = MemberAction.setRoles([]).rule
        func may(_ rule: CommandRule) async throws -> MembersRefusal? {
            try await site.refusal { try await site.sessions.authenticate(tokens.access).operator(giving: rule) }
        }
        #expect(try await may(cancel) == .notPermitted("order"))
        try await site.members.setRoles(["support"], of: MemberSite.kim, by: .system, key: "support")
        #expect(try await may(cancel) == nil)
        #expect(try await may(MemberAction.verify.rule) == .notPermitted("member"))
        #expect(try await may(roles) == .notPermitted("roles"))
        try await site.members.setRoles(["administrator"], of: MemberSite.kim, by: .system, key: "administrator")
        #expect(try await may(roles) == nil)
        try await site.members.setRoles([], of: MemberSite.kim, by: .system, key: "none")
        #expect(try await may(cancel) == .notPermitted("order"), "a role that is taken away ends at once")
    }

    @Test func storedTokensAreDeletedInTheEnd() async throws {
        let site = MemberSite()
        try await site.join()
        _ = try await site.logIn()
        let stored = try await site.base.documents(matching: .all(of: "tokens", limit: 10)).documents
        #expect(stored.count == 2)
        site.clock.advance(by: .minutes(15))
        #expect(try await StoredTokens(in: site.environment, secrets: MemberSite.secrets).deleteExpired() == 1)
    }

    private func refusal(_ token: TokenText, in site: MemberSite) async throws -> MembersRefusal? {
        try await site.refusal { try await site.sessions.authenticate(token) }
    }
}
