import MarketplaceCore
import MarketplaceDomain
import TestSupport
import Testing

@Suite struct PayoutTests {
    static let payoutID = PayoutID(bits: 70)
    static let period = SettlementPeriod(endingAt: Example.now)
    static let create = PayoutAction.create(
        id: payoutID,
        seller: Example.seller,
        amount: Example.won(5_000),
        period: period,
        settles: ["item"],
        entry: LedgerEntryID(bits: 71)
    )

    /// A payout that was moved there.
    static func payout(in status: PayoutStatus?) throws -> Payout {
        var payout = Payout()
        guard let status else { return payout }
        try payout.perform(create, by: .system)
        if status == .failed { try payout.perform(.fail("closed"), by: .system) }
        if [.sent, .paid, .returned].contains(status) { try payout.perform(.send, by: .system) }
        if [.paid, .returned].contains(status) { try payout.perform(.confirm("r"), by: .system) }
        if status == .returned { try payout.perform(.return("closed"), by: .system) }
        return payout
    }

    @Test func theLifecycleAllowsExactlyWhatIsListed() {
        expectExactly(
            Payout.lifecycle,
            allows: [
                (.create, nil, .created, [.operator, .system]),
                (.send, .created, .sent, [.operator, .system]),
                (.confirm, .sent, .paid, [.operator, .system]),
                (.fail, .created, .failed, [.operator, .system]),
                (.fail, .sent, .failed, [.operator, .system]),
                (.return, .paid, .returned, [.operator, .system]),
            ],
            states: PayoutStatus.allCases,
            moves: PayoutMove.allCases,
            roles: ActorRole.allCases
        )
    }

    @Test(arguments: PayoutStatus.allCases, ActorRole.allCases)
    func everyCommandFollowsTheLifecycleOrRepeatsWhatWasDone(_ status: PayoutStatus, _ role: ActorRole) throws {
        let actions: [(PayoutAction, PayoutMove, PayoutStatus)] = [
            (.send, .send, .sent), (.confirm("r"), .confirm, .paid), (.fail("x"), .fail, .failed),
            (.return("x"), .return, .returned),
        ]
        for (action, move, target) in actions {
            var payout = try Self.payout(in: status)
            let isRepeated = status == target && Payout.lifecycle.roles(of: move).contains(role)
            let isListed = (try? Payout.lifecycle.move(move, from: status, by: role)) != nil
            if isRepeated {
                #expect(try payout.perform(action, by: Example.actor(role)) == [])
            } else if isListed {
                let events = try payout.perform(action, by: Example.actor(role))
                #expect(payout.status == target)
                for event in events { #expect(try roundTripped(event) == event) }
            } else {
                #expect(payout.refusal(of: action, by: Example.actor(role)) != nil)
            }
        }
    }

    @Test func aPayoutIsBegunOnceWithOneContent() throws {
        var payout = try Self.payout(in: .created)
        #expect(try payout.perform(Self.create, by: .system) == [])
        let other = PayoutAction.create(
            id: Self.payoutID,
            seller: Example.seller,
            amount: Example.won(6_000),
            period: Self.period,
            settles: ["item"],
            entry: LedgerEntryID(bits: 71)
        )
        #expect(payout.refusal(of: other, by: .system) == .alreadyCreated(Self.payoutID))
        #expect(Payout().refusal(of: .send, by: .system) == .notCreated)
    }

    @Test(arguments: [PayoutStatus.failed, .returned])
    func whatDidNotReachTheSellerIsOwedAgain(_ status: PayoutStatus) throws {
        var payout = try Self.payout(in: status == .failed ? .sent : .paid)
        let action: PayoutAction = status == .failed ? .fail("closed") : .return("closed")
        let event = try #require(try payout.perform(action, by: .system).first)
        let posted = try #require(try payout.entry(for: event, named: LedgerEntryID(bits: 5)))
        #expect(posted.opens.map(\.amount) == [Example.won(5_000)])
        let source: LedgerAccount = status == .failed ? .payoutClearing : .cash
        #expect(posted.entry.amount(on: source, in: .krw) == Example.won(5_000))
        #expect(posted.entry.amount(on: .sellerPayable(Example.seller), in: .krw) == Example.won(-5_000))
    }

    @Test func itemsThatStandInFrontOfOthersAreNotHeldBack() throws {
        var payout = try Self.payout(in: .sent)
        let event = try #require(try payout.perform(.fail("closed"), by: .system).first)
        let posted = try #require(try payout.entry(for: event, named: LedgerEntryID(bits: 5)))
        func plan(isPart: Bool) throws -> PayoutPlan {
            try PayoutPlan.make(
                of: posted.opens,
                for: Example.seller,
                in: .krw,
                on: PayoutTerms(minimum: CurrencyAmounts(Example.won(50_000))),
                payout: Self.payoutID,
                entry: LedgerEntryID(bits: 99),
                by: .system,
                at: Example.now,
                isPart: isPart
            )
        }
        #expect(try plan(isPart: false) == .carryOver(Example.won(5_000)))
        guard case .payout(let paid, _) = try plan(isPart: true) else {
            Issue.record("held back")
            return
        }
        #expect(paid == Example.won(5_000))
    }
}
