import Marketplace
import MarketplaceTestKit
import Testing

@Suite struct MailDeskTests {
    @Test func aSignUpThatFailsWritesNoMailAndOneThatSucceedsWritesOne() async throws {
        let site = MemberSite()
        site.store.injectNext(.unavailable)
        await #expect(throws: MembersError.self) { try await site.members.signUp(site.request(), key: "sign-up") }
        #expect(try await site.mail.sendDue() == 0)
        try await site.members.signUp(site.request(), key: "sign-up")
        #expect(try await site.mail.sendDue() == 1)
        #expect(try await site.mail.sendDue() == 0)
    }

    @Test(arguments: [MailBehavior.timeOutAfterEffect, .timeOutBeforeEffect, .failToConnect])
    func unsentMailIsSentAgainAndNeverDoubled(_ behavior: MailBehavior) async throws {
        let site = MemberSite()
        site.gateway.follow(behavior)
        try await site.members.signUp(site.request(), key: "sign-up")
        #expect(try await site.mail.sendDue() == 0)
        #expect(try await site.mail.sendDue() == 0, "there is a pause first")
        site.clock.advance(by: .minutes(1))
        #expect(try await site.mail.sendDue() == 1)
        #expect(site.gateway.delivered.count == 1)
    }

    @Test func anUnknownOutcomeIsLookedUpBeforeAnythingIsSentAgain() async throws {
        let site = MemberSite()
        let desk = MailDesk(in: site.environment, probing: site.gateway)
        site.gateway.follow(.timeOutAfterEffect)
        try await site.members.signUp(site.request(), key: "sign-up")
        try await desk.sendDue()
        site.clock.advance(by: .minutes(1))
        #expect(try await desk.sendDue() == 1)
        #expect(site.gateway.callCount == 1)
    }

    @Test func aDeskThatDiesBetweenSendingAndRecordingLosesAndDoublesNothing() async throws {
        let first = MemberSite()
        try await first.members.signUp(first.request(), key: "sign-up")
        // The commit that takes the mail up succeeds, the one that records its sending does not.
        let claim = first.store.commitCount + 1
        first.store.inject(.unavailable, atCommit: claim + 1)
        await #expect(throws: MembersError.self) { try await first.mail.sendDue() }
        #expect(first.store.unfiredFaults.isEmpty, "the fault was met")
        #expect(first.gateway.delivered.count == 1)
        first.clock.advance(by: .minutes(2))
        #expect(try await first.mail.sendDue() == 1)
        #expect(first.gateway.delivered.count == 1)
    }

    @Test func manyDesksSendEachMailOnce() async throws {
        let site = MemberSite()
        for number in 0..<20 {
            try await site.members.signUp(
                site.request(MemberID(bits: 1_000 + UInt128(number)), "m\(number)"),
                key: "sign-up"
            )
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    _ = try await MailDesk(in: site.environment, gateway: site.gateway).sendDue()
                }
            }
            try await group.waitForAll()
        }
        #expect(site.gateway.delivered.count == 20)
        #expect(site.gateway.callCount == 20)
    }

    @Test func mailThatFailsForGoodIsListedAndCanBeSentAgain() async throws {
        let site = MemberSite()
        site.gateway.follow(.refuseAddress)
        try await site.members.signUp(site.request(), key: "sign-up")
        try await site.mail.sendDue()
        let unsent = try await site.mail.unsent()
        #expect(unsent.map(\.template) == [.verifyEmail] && unsent.first?.attempts == 1)
        #expect(unsent.first?.isInDoubt == false)
        let id = try #require(unsent.first).id
        #expect(try await site.mail.resend(id))
        #expect(try await !site.mail.resend(id))
        try await site.members.verifyEmail(site.link(.verifyEmail), key: "verify")
        #expect(try await site.mail.unsent().isEmpty)
    }

    @Test func attemptsComeToAnEnd() async throws {
        let site = MemberSite()
        let desk = MailDesk(
            in: site.environment,
            gateway: site.gateway,
            configuration: MailDeskConfiguration(retrying: .constant(.seconds(10), attempts: 3))
        )
        site.gateway.follow(.failToConnect, .timeOutBeforeEffect, .failToConnect, .failToConnect)
        try await site.members.signUp(site.request(), key: "sign-up")
        for _ in 0..<5 {
            try await desk.sendDue()
            site.clock.advance(by: .seconds(10))
        }
        #expect(site.gateway.callCount == 3)
        #expect(try await desk.unsent().map(\.isInDoubt) == [true])
    }

    @Test func whatWasSentIsForgottenAfterAWhile() async throws {
        let site = MemberSite()
        try await site.members.signUp(site.request(), key: "sign-up")
        try await site.mail.sendDue()
        let stored = try await site.base.documents(matching: .all(of: "mail-notices", limit: 2)).documents
        let body = String(decoding: try #require(stored.first).body, as: UTF8.self)
        #expect(!body.contains(try await site.link(.verifyEmail).text), "the secret goes with the mail")
        #expect(try await site.mail.deleteSent() == 0)
        site.clock.advance(by: .days(7))
        #expect(try await site.mail.deleteSent() == 1)
    }

    @Test func aRunningDeskSendsUntilItIsDrained() async throws {
        let site = MemberSite()
        let desk = MailDesk(in: site.environment, gateway: site.gateway, clock: site.clock)
        try await site.members.signUp(site.request(), key: "sign-up")
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await desk.run() }
            await site.clock.waitForSleepers()
            #expect(site.gateway.delivered.count == 1)
            await desk.drain()
            try await group.waitForAll()
        }
    }
}
