import MarketplaceCore
import MarketplaceDomain
import Testing

/// Command × party: exactly the listed parties pass, and strangers are refused before the state is looked at.
@Suite struct MemberAuthorizationTests {
    /// The actor that stands so to what belongs to the buyer and the seller of the examples.
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

    static let ours: Set<CommandParty> = [.operator, .system]
    static let ownersAndUs: Set<CommandParty> = [.owner, .operator, .system]

    @Test(arguments: CommandParty.allCases)
    func aMembersCommandsAreOpenToExactlyTheListed(_ party: CommandParty) throws {
        let table: [(MemberAction, Set<CommandParty>)] = [
            (.signUp(id: Example.buyer, consents: []), [.visitor, .operator, .system]), (.verify, Self.ours),
            (.update([.name]), Self.ownersAndUs), (.setConsent(.marketing, isGiven: true), [.owner, .system]),
            (.setRoles([]), Self.ours), (.changeCredential(.password), [.owner, .system]),
            (.joinSchool(PartnerSchoolID(bits: 1)), [.system]),
            (.leaveSchool(PartnerSchoolID(bits: 1)), Self.ownersAndUs), (.disable(.misuse), Self.ownersAndUs),
            (.reinstate, [.operator]), (.erase, Self.ownersAndUs),
        ]
        for (action, parties) in table {
            #expect(action.rule.parties == parties, "\(action)")
            for status in MemberStatus.allCases {
                let member = try MemberTests.member(in: status)
                let refusal = member.refusal(of: action, by: Self.actor(party))
                check(refusal.map { if case .forbidden(let it) = $0 { it } else { nil } } ?? nil, action, party)
                if !parties.contains(party) { #expect(refusal != nil, "\(action) by \(party) in \(status)") }
            }
        }
    }

    @Test(arguments: CommandParty.allCases)
    func aSellersCommandsAreOpenToExactlyTheListed(_ party: CommandParty) throws {
        let table: [(SellerAccountAction, Set<CommandParty>)] = [
            (.apply(id: Example.seller, owner: Example.buyer), Self.ownersAndUs),
            (.verify(isEnterpriseVerified: true), Self.ours), (.suspend(.debt), Self.ours),
            (.reinstate(isEnterpriseVerified: true), [.operator]),
            (.close(.sellerWish), [.owner, .seller, .operator, .system]),
        ]
        for (action, parties) in table {
            #expect(action.rule.parties == parties, "\(action)")
            for status in SellerAccountStatus.allCases {
                let account = try SellerAccountTests.account(in: status)
                let refusal = account.refusal(of: action, by: Self.actor(party))
                check(
                    refusal.map { if case .forbidden(let it) = $0 { it } else { nil } } ?? nil,
                    action,
                    party,
                    seller: Example.seller
                )
                if case .apply = action { continue }
                if !parties.contains(party) { #expect(refusal != nil, "\(action) by \(party) in \(status)") }
            }
        }
    }

    @Test(arguments: CommandParty.allCases)
    func anEnterprisesCommandsAreOpenToExactlyTheListed(_ party: CommandParty) throws {
        var enterprise = Enterprise()
        try enterprise.perform(.register(id: EnterpriseTests.id, owner: Example.buyer), by: EnterpriseTests.me)
        let table: [(EnterpriseAction, Set<CommandParty>)] = [
            (.register(id: EnterpriseTests.id, owner: Example.buyer), Self.ownersAndUs), (.verify, Self.ours),
            (.reject(.misuse), Self.ours), (.resubmit, [.owner, .operator]),
        ]
        for (action, parties) in table {
            #expect(action.rule.parties == parties, "\(action)")
            let refusal = enterprise.refusal(of: action, by: Self.actor(party))
            check(refusal.map { if case .forbidden(let it) = $0 { it } else { nil } } ?? nil, action, party)
        }
    }

    @Test(arguments: CommandParty.allCases)
    func aSchoolsCommandsAreOpenToWhoRunsTheMarketplace(_ party: CommandParty) throws {
        var school = PartnerSchool()
        try school.perform(.add(id: EnterpriseTests.school, domain: "uni.example"), by: .system)
        for action in [PartnerSchoolAction.add(id: EnterpriseTests.school, domain: "uni.example"), .end] {
            #expect(action.rule.parties == Self.ours)
            let refusal = school.refusal(of: action, by: Self.actor(party))
            #expect((refusal == nil) == Self.ours.contains(party))
        }
    }

    @Test func whoGivesRolesNeedsAPermissionOfItsOwn() {
        #expect(MemberAction.setRoles([]).rule.permission == "roles")
        #expect(MemberAction.verify.rule.permission == "member")
        #expect(OrderAction.confirm.rule.permission == "order")
        #expect(CommandRule.all.allSatisfy { !$0.permission.text.isEmpty })
    }

    /// Strangers are refused as strangers unless they are listed; nobody who is listed is.
    private func check(
        _ found: CommandForbidden?,
        _ action: some RuledAction,
        _ party: CommandParty,
        seller: SellerID? = nil
    ) {
        let actor = Self.actor(party)
        // Where there is no seller, every seller is another one.
        let party = actor.party(owner: Example.buyer, seller: seller)
        let isStranger = [.visitor, .member, .otherSeller].contains(party)
        let isListed = action.rule.parties.contains(party)
        let expected = isStranger && !isListed ? Example.forbidden(action, to: actor, party) : nil
        #expect(found == expected, "\(action) by \(party)")
    }
}
