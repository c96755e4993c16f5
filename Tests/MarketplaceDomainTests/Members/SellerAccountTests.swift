import MarketplaceCore
import MarketplaceDomain
import Testing

@Suite struct SellerAccountTests {
    static let me = CommandActor.buyer(Example.buyer)
    static let staff = CommandActor.operator(Example.staff)
    static let enterprise = EnterpriseID(bits: 41)

    static func account(in status: SellerAccountStatus, of enterprise: EnterpriseID? = nil) throws -> SellerAccount {
        var account = SellerAccount()
        try account.perform(.apply(id: Example.seller, owner: Example.buyer, enterprise: enterprise), by: me)
        if status == .applied { return account }
        try account.perform(.verify(isEnterpriseVerified: true), by: staff)
        switch status {
        case .applied, .verified: break
        case .suspended: try account.perform(.suspend(.misuse), by: staff)
        case .closed: try account.perform(.close(.misuse), by: staff)
        }
        return account
    }

    @Test func theLifecycleAllowsExactlyWhatIsListed() {
        let ours: [ActorRole] = [.operator, .system]
        let anybody: [ActorRole] = [.buyer, .seller, .operator, .system]
        expectExactly(
            SellerAccount.lifecycle,
            allows: [
                (.apply, nil, .applied, [.buyer, .operator, .system]), (.verify, .applied, .verified, ours),
                (.suspend, .verified, .suspended, ours), (.reinstate, .suspended, .verified, [.operator]),
                (.close, .applied, .closed, anybody), (.close, .verified, .closed, anybody),
                (.close, .suspended, .closed, ours),
            ],
            states: SellerAccountStatus.allCases,
            moves: SellerAccountMove.allCases,
            roles: ActorRole.allCases
        )
    }

    @Test(arguments: SellerAccountStatus.allCases, ActorRole.allCases)
    func everyCommandFollowsTheLifecycleOrRepeatsWhatWasDone(
        _ status: SellerAccountStatus,
        _ role: ActorRole
    ) throws {
        let actions: [(SellerAccountAction, SellerAccountMove, SellerAccountStatus)] = [
            (.verify(isEnterpriseVerified: false), .verify, .verified), (.suspend(.debt), .suspend, .suspended),
            (.reinstate(isEnterpriseVerified: false), .reinstate, .verified),
            (.close(.sellerWish), .close, .closed),
        ]
        for (action, move, target) in actions {
            var account = try Self.account(in: status)
            if SellerAccount.lifecycle.open(from: status, by: role).contains(move) {
                #expect(try account.perform(action, by: Example.actor(role)).count == 1)
                #expect(account.status == target)
            } else if status == target, SellerAccount.lifecycle.roles(of: move).contains(role) {
                #expect(try account.perform(action, by: Example.actor(role)) == [])
            } else if role == .visitor {
                #expect(
                    account.refusal(of: action, by: .visitor)
                        == .forbidden(Example.forbidden(action, to: .visitor, .visitor))
                )
            } else {
                guard case .move? = account.refusal(of: action, by: Example.actor(role)) else {
                    Issue.record("\(action) from \(status) by \(role) was not refused by the lifecycle")
                    continue
                }
            }
        }
    }

    @Test func anEnterpriseIsVerifiedBeforeItsSellerIsLetInOrBackIn() throws {
        let applied = try Self.account(in: .applied, of: Self.enterprise)
        let suspended = try Self.account(in: .suspended, of: Self.enterprise)
        for (account, action) in [
            (applied, SellerAccountAction.verify(isEnterpriseVerified: false)),
            (suspended, .reinstate(isEnterpriseVerified: false)),
        ] {
            guard case .move(let refusal)? = account.refusal(of: action, by: Self.staff) else {
                Issue.record("\(action) was not refused")
                continue
            }
            #expect(refusal.reason == .guarded(missing: [], inTheWay: ["enterprise not verified"]))
        }
    }

    @Test func whoSellsAgainHasNoReasonNotTo() throws {
        var account = try Self.account(in: .verified)
        try account.perform(.suspend(.debt), by: .system)
        #expect(account.suspension == .debt)
        try account.perform(.reinstate(isEnterpriseVerified: true), by: Self.staff)
        #expect(account.suspension == nil)
    }

    @Test func aRepeatedApplicationIsTheSameAndAnotherIsRefused() throws {
        var account = try Self.account(in: .verified)
        #expect(try account.perform(.apply(id: Example.seller, owner: Example.buyer), by: Self.me) == [])
        #expect(
            account.refusal(of: .apply(id: Example.otherSeller, owner: Example.buyer), by: Self.me)
                == .alreadyApplied(Example.seller)
        )
        #expect(SellerAccount().refusal(of: .suspend(.debt), by: .system) == .notApplied)
    }

    @Test func everyEventIsReadBackAsItWasWritten() throws {
        var account = SellerAccount()
        let steps: [SellerAccountAction] = [
            .apply(id: Example.seller, owner: Example.buyer, enterprise: Self.enterprise),
            .verify(isEnterpriseVerified: true), .suspend(.lateShipping), .reinstate(isEnterpriseVerified: true),
            .close(.rejected),
        ]
        var events: [SellerAccountEvent] = []
        for action in steps { events += try account.perform(action, by: Self.staff) }
        #expect(events.map { type(of: $0.payload).eventName } == SellerAccountEvent.cases.map(\.name))
        for event in events { #expect(try roundTripped(event) == event) }
        #expect(SellerAccount(replaying: events) == account)
    }
}
