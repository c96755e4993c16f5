import MarketplaceCore
import Testing

@testable import MarketplaceDomain

/// Who may do what with payment methods and store credit.
struct PaymentRuleTests {
    @Test(arguments: CommandParty.allCases)
    func exactlyTheListedPartiesAreLetThrough(_ party: CommandParty) {
        let both: Set<CommandParty> = [.operator, .system]
        let mine: Set<CommandParty> = [.owner, .operator, .system]
        let table: [(CommandRule, Set<CommandParty>)] = [
            (.addPaymentMethod, [.owner]), (.choosePaymentMethod, [.owner]), (.removePaymentMethod, mine),
            (.listPaymentMethods, mine), (.usePaymentMethod, [.owner, .system]), (.grantStoreCredit, both),
            (.withdrawStoreCredit, both), (.holdStoreCredit, mine), (.spendStoreCredit, both),
            (.releaseStoreCredit, mine), (.restoreStoreCredit, both), (.readStoreCredit, mine),
            (.settleDiscrepancy, both), (.readPayment, mine), (.readDiscrepancies, both), (.confirmPayment, both),
            (.cancelCheckout, mine), (.chooseRefundDestination, mine), (.issueGiftCard, both),
            (.readGiftCard, [.member, .operator, .system]), (.redeemGiftCard, mine), (.cancelGiftCard, [.operator]),
        ]
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
        for (rule, parties) in table {
            let isLetThrough = (try? rule.check(actor, owner: Example.buyer, seller: Example.seller)) != nil
            #expect(isLetThrough == parties.contains(party), "\(rule.command) by \(party)")
        }
    }
}
