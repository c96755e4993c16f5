import MarketplaceCore
import Testing

@testable import MarketplaceDomain

@Suite struct SettlementAuthorizationTests {
    static func actor(_ party: CommandParty) -> CommandActor {
        switch party {
        case .visitor: .visitor
        case .member: .buyer(Example.stranger)
        case .owner: .buyer(Example.buyer)
        case .otherSeller: .seller(Example.otherSeller)
        case .seller: .seller(Example.seller)
        case .operator: .operator(Example.staff)
        case .system: .system
        }
    }

    @Test(arguments: CommandParty.allCases)
    func onlyOperatorsAndTheSystemPostForAnOrder(_ party: CommandParty) throws {
        let line = try OrderSettlementTests.line()
        let captured = try OrderSettlementTests.opened([line], captured: 29_000)
        var delivered = captured
        try delivered.perform(.deliver(entry: LedgerEntryID(bits: 1), units: [LineUnits("a", 1)]), by: .system)
        let amount = OrderSettlementTests.eur(1)
        var given = delivered
        try given.perform(
            .compensate(entry: LedgerEntryID(bits: 3), amount: amount, seller: nil, tender: .gateway),
            by: .system
        )
        var promised = delivered
        let promise = OrderSettlementAction.oweGoodwill(entry: LedgerEntryID(bits: 5), amount: amount, seller: nil)
        try promised.perform(promise, by: .system)
        let units = [LineUnits("a", 1)]
        let id = LedgerEntryID(bits: 2)
        var owing = captured
        let less = OrderSettlementAction.amend(
            entry: LedgerEntryID(bits: 4),
            canceled: units,
            added: [],
            paid: nil,
            tender: .gateway
        )
        try owing.perform(less, by: .system)
        let cases: [(OrderSettlement, OrderSettlementAction)] = [
            (OrderSettlement(), OrderSettlementTests.open([line])),
            (try OrderSettlementTests.opened([line]), .capture(entry: id, amount: amount, tender: .gateway)),
            (captured, .deliver(entry: id, units: units)),
            (captured, less),
            (owing, .settleChange(entry: id, amount: amount, tender: .gateway)),
            (delivered, .refund(entry: id, units: units, stage: .afterDelivery, tender: .gateway)),
            (given, .retain(entry: id, amount: amount, seller: nil, tender: .gateway)),
            (delivered, promise), (promised, .payGoodwill(entry: id, amount: amount, tender: .gateway)),
            (delivered, .compensate(entry: id, amount: amount, seller: nil, tender: .gateway)),
        ]
        let isLetThrough = [.operator, .system].contains(party)
        for (settlement, action) in cases {
            let refusal = settlement.refusal(of: action, by: Self.actor(party))
            // Who owns what of an order does not matter here: no buyer and no seller posts.
            let found: CommandParty = party == .owner ? .member : party == .seller ? .otherSeller : party
            let expected = Example.forbidden(action, to: Self.actor(party), found)
            #expect(refusal == (isLetThrough ? nil : .forbidden(expected)), "\(action.rule.command)")
        }
    }

    @Test(arguments: CommandParty.allCases)
    func onlyOperatorsAndTheSystemMovePayouts(_ party: CommandParty) throws {
        let cases: [(PayoutStatus?, PayoutAction)] = [
            (nil, PayoutTests.create), (.created, .send), (.sent, .confirm("r")), (.sent, .fail("x")),
            (.paid, .return("x")),
        ]
        for (status, action) in cases {
            let refusal = try PayoutTests.payout(in: status).refusal(of: action, by: Self.actor(party))
            switch party {
            case .operator, .system: #expect(refusal == nil, "\(action.rule.command)")
            case .seller where status != nil:
                guard case .move = refusal else {
                    Issue.record("\(action.rule.command): \(String(describing: refusal))")
                    continue
                }
            default:
                guard case .forbidden(let forbidden) = refusal else {
                    Issue.record("\(action.rule.command): \(String(describing: refusal))")
                    continue
                }
                #expect(forbidden.allowed == [.operator, .system])
            }
        }
    }

    @Test(arguments: CommandParty.allCases)
    func theRulesOfRunsDebtsAndStatements(_ party: CommandParty) {
        let rules: [(CommandRule, Set<CommandParty>)] = [
            (.runSettlement, [.operator, .system]), (.endDebt, [.operator]),
            (.readStatement, [.seller, .operator, .system]), (.postAgain, [.operator, .system]),
        ]
        for (rule, parties) in rules {
            let passes = (try? rule.check(Self.actor(party), owner: Example.buyer, seller: Example.seller)) != nil
            #expect(passes == parties.contains(party), "\(rule.command)")
        }
    }
}
