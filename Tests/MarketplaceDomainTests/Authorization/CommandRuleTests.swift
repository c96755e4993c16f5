import MarketplaceCore
import Testing

@testable import MarketplaceDomain

struct CommandRuleTests {
    @Test func everyCommandHasOneRuleAndSomebodyMayGiveIt() {
        let names = CommandRule.all.map(\.command)
        #expect(Set(names).count == names.count)
        for rule in CommandRule.all { #expect(!rule.parties.isEmpty, "\(rule.command)") }
    }

    @Test(arguments: CommandParty.allCases)
    func theSameActorIsAnotherPartyWhereItBelongsToSomebodyElse(_ party: CommandParty) {
        let actor: CommandActor
        switch party {
        case .visitor: actor = .visitor
        case .member: actor = .buyer(Example.stranger)
        case .owner: actor = .buyer(Example.buyer)
        case .otherSeller: actor = .seller(Example.otherSeller)
        case .seller: actor = .seller(Example.seller)
        case .operator: actor = .operator(Example.staff)
        case .system: actor = .system
        }
        #expect(actor.party(owner: Example.buyer, seller: Example.seller) == party)
        let rule = CommandRule("example", by: party)
        #expect(throws: Never.self) { try rule.check(actor, owner: Example.buyer, seller: Example.seller) }
        for other in CommandParty.allCases where other != party {
            let closed = CommandRule("example", by: other)
            #expect(
                throws: CommandForbidden(command: "example", actor: actor, party: party, allowed: [other])
            ) { try closed.check(actor, owner: Example.buyer, seller: Example.seller) }
        }
    }

    @Test func whatBelongsToNobodyHasNoOwner() {
        #expect(CommandActor.buyer(Example.buyer).party() == .member)
        #expect(CommandActor.seller(Example.seller).party() == .otherSeller)
    }
}
