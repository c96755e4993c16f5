import MarketplaceCore
import MarketplaceDomain
import Testing

/// Who may give which command: exactly the listed parties pass, and strangers are refused whatever the state.
@Suite struct CatalogAuthorizationTests {
    /// Somebody who is that party to what belongs to the members and sellers of ``Example``.
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
    func exactlyTheListedPartiesGiveCommandsToProducts(_ party: CommandParty) throws {
        let everyday: Set<CommandParty> = [.seller, .operator, .system]
        let table: [(ProductAction, ProductStatus?, Set<CommandParty>)] = [
            (ProductTests.create, nil, everyday), (.edit(ProductEdit(title: "Kettle")), .active, everyday),
            (.addVariant(ProductTests.blue), .active, everyday),
            (.changeSKU(of: ProductTests.red.id, to: "x"), .active, everyday),
            (.changePrice(of: ProductTests.red.id, to: Example.won(1)), .active, everyday),
            (.setPriceTiers(of: ProductTests.red.id, to: [PriceTier(price: Example.won(1))]), .active, everyday),
            (.activate, .draft, [.seller, .operator]), (.suspend, .active, [.seller, .operator]),
            (.archive, .active, [.seller, .operator]),
        ]
        for (action, status, allowed) in table {
            let product = try status.map { try ProductTests.product(in: $0) } ?? Product()
            let refusal = product.refusal(of: action, by: Self.actor(party))
            #expect((refusal == nil) == allowed.contains(party), "\(action) by \(party.rawValue)")
            // A buyer has no business with a product; the owner of other things is no less a stranger.
            let isStranger = ![.seller, .operator, .system].contains(party)
            if isStranger {
                guard case .forbidden(let forbidden)? = refusal else {
                    Issue.record("\(action) by \(party.rawValue) was not forbidden")
                    continue
                }
                #expect(Set(forbidden.allowed) == action.rule.parties && action.rule.parties == allowed)
            }
        }
    }

    @Test(arguments: CommandParty.allCases)
    func exactlyTheListedPartiesGiveCommandsToCategories(_ party: CommandParty) throws {
        let staff: Set<CommandParty> = [.operator, .system]
        var tree = try CategoryTreeTests.tree()
        try tree.perform(.archive(CategoryTreeTests.id(5)), by: .system)
        let table: [CategoryAction] = [
            CategoryTreeTests.create(6), .rename(CategoryTreeTests.id(3), to: "Pots"),
            .move(CategoryTreeTests.id(3), under: CategoryTreeTests.id(2)), .archive(CategoryTreeTests.id(3)),
            .restore(CategoryTreeTests.id(5)),
            .defineAttribute(.text("Material"), of: CategoryTreeTests.id(1)),
            .removeAttribute("Material", of: CategoryTreeTests.id(1)),
        ]
        for action in table {
            #expect(action.rule.parties == staff)
            let refusal = tree.refusal(of: action, by: Self.actor(party))
            if staff.contains(party) {
                #expect(refusal == nil, "\(action) by \(party.rawValue)")
            } else {
                guard case .forbidden? = refusal else {
                    Issue.record("\(action) by \(party.rawValue) was not forbidden")
                    continue
                }
            }
        }
    }

    @Test(arguments: CommandParty.allCases)
    func exactlyTheListedPartiesGiveCommandsToReviews(_ party: CommandParty) throws {
        let table: [(ReviewAction, ReviewStatus?, Set<CommandParty>)] = [
            (ReviewTests.publish(), nil, [.owner]), (.edit(rating: 1), .published, [.owner]),
            (.hide(.abuse), .published, [.operator, .system]), (.restore, .hidden, [.operator]),
            (.withdraw, .published, [.owner, .system]), (.withdraw, .hidden, [.owner, .system]),
        ]
        for (action, status, allowed) in table {
            let review = try status.map { try ReviewTests.review(in: $0) } ?? Review()
            let refusal = review.refusal(of: action, by: Self.actor(party))
            #expect(action.rule.parties == allowed)
            #expect((refusal == nil) == allowed.contains(party), "\(action) by \(party.rawValue)")
            if ![.owner, .operator, .system].contains(party) {
                guard case .forbidden? = refusal else {
                    Issue.record("\(action) by \(party.rawValue) was not forbidden")
                    continue
                }
            }
        }
    }
}
