import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

@Suite struct MemberUncertaintyTests {
    @Test func lostAnswersOfTheStoreChangeNothing() async throws {
        await PropertyRun.checkAsync(20) { run in
            let site = MemberSite(rule: FaultInjectingStore.uncertainty(oneIn: 3, seed: run.seed))
            try await site.join()
            let first = try await site.logIn()
            let second = try await site.sessions.refresh(first.refresh, key: "refresh")
            try await site.credentials.changePassword(
                of: MemberSite.kim,
                from: MemberSite.password,
                to: Password("another long password"),
                by: .buyer(MemberSite.kim),
                key: "change"
            )
            #expect(
                try await site.refusal { try await site.sessions.authenticate(second.access) }
                    == .sessionEnded(.allEnded),
                run.replay
            )
            try await site.mail.sendDue()
            #expect(
                site.gateway.delivered.map(\.template) == [.verifyEmail, .passwordChanged],
                run.replay
            )
            #expect(
                try await site.events().map(\.name) == ["MemberCreated", "MemberVerified", "MemberCredentialChanged"],
                run.replay
            )
        }
    }

    /// Every commit of a sign-up, a verification and a login is answered by a crash, before and after; what comes up
    /// again makes the same calls with the same keys.
    @Test(arguments: 1...8, [CommitFault.crashBefore, .crashAfter])
    func aCrashAtAnyCommitIsMadeGoodByTheRepetition(_ number: Int, _ fault: CommitFault) async throws {
        let first = MemberSite()
        first.store.inject(fault, atCommit: number)
        await #expect(throws: MembersError.self) {
            try await first.join()
            _ = try await first.logIn()
        }
        #expect(first.store.firedFaults[number] == fault)
        let second = MemberSite(over: first.base, gateway: first.gateway, clock: first.clock)
        second.clock.advance(by: .minutes(2))
        try await second.members.signUp(second.request(), key: MemberSite.key("sign-up", MemberSite.kim))
        try await second.members.verifyEmail(
            second.link(.verifyEmail),
            key: MemberSite.key("verify", MemberSite.kim)
        )
        let tokens = try await second.logIn()
        #expect(try await second.sessions.authenticate(tokens.access).member == MemberSite.kim)
        #expect(try await second.sessions.list(of: MemberSite.kim, by: .buyer(MemberSite.kim)).count == 1)
        #expect(second.gateway.delivered.count == 1)
        #expect(try await second.events().map(\.name) == ["MemberCreated", "MemberVerified"])
    }

    @Test func ofTwoWhoWantOneAddressAtOnceOneGetsIt() async throws {
        for _ in 0..<20 {
            let site = MemberSite()
            let refusals = try await withThrowingTaskGroup(of: MembersRefusal?.self) { group in
                for id in [MemberSite.kim, MemberSite.lee] {
                    group.addTask {
                        try await site.refusal {
                            try await site.members.signUp(site.request(id, "kim"), key: "sign-up")
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(refusals.count { $0 == nil } == 1)
            #expect(refusals.count { $0 == .emailTaken } == 1)
        }
    }
}
