import MarketplaceCore
import MarketplaceDomain
import TestSupport
import Testing

/// Whoever may never ask for something is refused also when it was asked for before, with the same words.
@Suite struct RepeatedCreationTests {
    private static func expectRefusal<Root: Aggregate, Action: RuledAction>(
        of action: Action,
        to root: Root,
        begunBy first: CommandActor,
        repeatedBy others: CommandActor...
    ) throws where Root.Command == ActorCommand<Action> {
        var root = root
        try root.perform(action, by: first)
        #expect(try root.perform(action, by: first).isEmpty)
        for other in others {
            #expect(root.refusal(of: action, by: other) != nil, "\(action.rule.command) by \(other)")
        }
    }

    @Test func aBuyerDoesNotPutAShipmentTogetherASecondTime() throws {
        let action = ShipmentAction.create(
            id: ShipmentID(bits: 1),
            order: Example.orderID,
            buyer: Example.buyer,
            seller: Example.seller,
            units: [OrderUnits(lineIndex: 0, units: 1)]
        )
        try Self.expectRefusal(
            of: action,
            to: Shipment(),
            begunBy: .seller(Example.seller),
            repeatedBy: .buyer(Example.buyer)
        )
    }

    @Test func aSellerDoesNotAskForAReturnASecondTime() throws {
        let line = ReturnableOrder.Line(returnableUnits: 1, deliveredAt: Example.now)
        let order = ReturnableOrder(id: Example.orderID, buyer: Example.buyer, seller: Example.seller, lines: [line])
        let item = ReturnItem(lineIndex: 0, quantity: .one, reason: .changedMind)
        let action = ReturnAction.request(
            id: ReturnID(bits: 1),
            order: order,
            kind: .refund,
            items: [item],
            terms: .european
        )
        try Self.expectRefusal(
            of: action,
            to: OrderReturn(),
            begunBy: .buyer(Example.buyer),
            repeatedBy: .seller(Example.seller),
            .system
        )
    }

    @Test func anOperatorDoesNotPublishAReviewASecondTime() throws {
        let action = ReviewAction.publish(
            id: ReviewID(bits: 1),
            product: Example.productID,
            author: Example.buyer,
            order: Example.orderID,
            rating: 5
        )
        let author = CommandActor.buyer(Example.buyer)
        try Self.expectRefusal(
            of: action,
            to: Review(),
            begunBy: author,
            repeatedBy: .operator(Example.staff),
            .system
        )
    }

    @Test func aSellerDoesNotApplyASecondTimeAsASeller() throws {
        let action = SellerAccountAction.apply(id: Example.seller, owner: Example.buyer)
        try Self.expectRefusal(
            of: action,
            to: SellerAccount(),
            begunBy: .buyer(Example.buyer),
            repeatedBy: .seller(Example.seller)
        )
    }

    @Test func aMemberDoesNotSignUpASecondTimeAsAMember() throws {
        let action = MemberAction.signUp(id: Example.buyer, consents: [])
        try Self.expectRefusal(of: action, to: Member(), begunBy: .visitor, repeatedBy: .buyer(Example.buyer))
    }
}
