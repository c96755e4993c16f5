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
        let actor = Example.actor(party)
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
