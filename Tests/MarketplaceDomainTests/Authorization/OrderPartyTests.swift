import MarketplaceCore
import Testing

@testable import MarketplaceDomain

/// Exactly the listed parties are let through by orders and shipments, and strangers are refused.
struct OrderPartyTests {
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

    static let orders: [(OrderAction, OrderStatus?, Set<CommandParty>)] = {
        let sellers: Set<CommandParty> = [.seller, .operator, .system]
        let buyers: Set<CommandParty> = [.owner, .operator, .system]
        let parcel = OrderTests.parcel
        return [
            (OrderTests.create, nil, buyers),
            (.confirm, .pending, [.system]),
            (.fail(.other), .pending, [.system]),
            (.cancel(.other), .confirmed, [.owner, .seller, .operator, .system]),
            (.cancel(.other), .preparing, sellers),
            (.cancel(.other), .pending, [.system]),
            (.requestCancellation(.buyerRequest), .preparing, [.owner, .operator]),
            (.change([OrderLineChange(lineIndex: 0, units: 1)]), .confirmed, [.owner, .seller, .operator, .system]),
            (.changeAddress, .confirmed, [.owner, .operator]),
            (.prepare, .confirmed, sellers),
            (.pack(parcel, OrderTests.everything), .preparing, sellers),
            (.deliver(parcel), .shipped, buyers),
            (.takeBack(parcel), .shipped, sellers),
            (.complete, .delivered, [.owner, .operator]),
            (.recordReturn(lineIndex: 0, units: 1), .delivered, [.system]),
            (.giveGoodwill(Example.won(1), atCostOf: .marketplace, because: .other), .shipped, [.operator]),
            (.giveGoodwill(Example.won(1), atCostOf: .seller, because: .other), .confirmed, [.seller, .operator]),
            (.noteReturnRefund(ReturnID(bits: 1), Example.won(1)), .delivered, [.system]),
        ]
    }()

    @Test(arguments: CommandParty.allCases)
    func anOrderLetsExactlyTheListedPartiesPass(_ party: CommandParty) throws {
        for (action, status, allowed) in Self.orders {
            let order = try OrderTests.order(in: status)
            try Self.check(order, action, party, isAllowed: allowed.contains(party)) { rejection in
                switch rejection {
                case .forbidden(let forbidden): .forbidden(forbidden)
                case .move: .move
                default: .other
                }
            }
        }
    }

    @Test(arguments: CommandParty.allCases)
    func whatFollowsARequestOrAPackingIsOpenToTheListedPartiesAlone(_ party: CommandParty) throws {
        var requested = try OrderTests.order(in: .preparing)
        try requested.perform(.requestCancellation(.buyerRequest), by: .buyer(Example.buyer))
        var packed = try OrderTests.order(in: .preparing)
        try packed.perform(.pack(OrderTests.parcel, OrderTests.everything), by: .system)
        var owing = try OrderTests.order(in: .confirmed)
        try owing.perform(.cancel(.other), by: .system)
        var larger = try OrderTests.order(in: .confirmed)
        try larger.perform(.change([OrderLineChange(lineIndex: 0, units: 3)]), by: .system)
        let sellers: Set<CommandParty> = [.seller, .operator, .system]
        let cases: [(Order, OrderAction, Set<CommandParty>)] = [
            (requested, .acceptCancellation, [.seller, .operator]),
            (requested, .rejectCancellation(.other), [.seller, .operator]),
            (packed, .unpack(OrderTests.parcel), sellers), (packed, .ship(OrderTests.parcel), sellers),
            (owing, .noteRefund(number: 1), [.system]), (owing, .noteStock(revision: 1), [.system]),
            (owing, .retryRefund(number: 1, attempt: 2), [.operator]),
            (larger, .undoChange(number: 1, units: [OrderUnits(lineIndex: 0, units: 1)]), [.system]),
        ]
        for (order, action, allowed) in cases {
            try Self.check(order, action, party, isAllowed: allowed.contains(party)) { rejection in
                switch rejection {
                case .forbidden(let forbidden): .forbidden(forbidden)
                case .move: .move
                default: .other
                }
            }
        }
    }

    @Test(arguments: CommandParty.allCases)
    func aShipmentLetsExactlyTheListedPartiesPass(_ party: CommandParty) throws {
        let sellers: Set<CommandParty> = [.seller, .operator, .system]
        let cases: [(ShipmentAction, ShipmentStatus?, Set<CommandParty>)] = [
            (ShipmentTests.create, nil, sellers),
            (.registerWaybill(ShipmentTests.otherWaybill), .created, [.seller]),
            (.handOver, .created, sellers), (.noteTransit, .handedOver, sellers),
            (.deliver, .inTransit, [.owner, .operator, .system]), (.reportLost, .inTransit, sellers),
            (.noteReturned, .inTransit, sellers), (.cancel, .created, sellers),
        ]
        for (action, status, allowed) in cases {
            let shipment = try ShipmentTests.shipment(in: status)
            try Self.check(shipment, action, party, isAllowed: allowed.contains(party)) { rejection in
                switch rejection {
                case .forbidden(let forbidden): .forbidden(forbidden)
                case .move: .move
                default: .other
                }
            }
        }
    }

    @Test(arguments: CommandParty.allCases)
    func aGroupIsPlacedByItsBuyerAnOperatorOrTheSystem(_ party: CommandParty) throws {
        let isAllowed = [.owner, .operator, .system].contains(party)
        try Self.check(OrderGroup(), OrderGroupTests.create, party, isAllowed: isAllowed) { rejection in
            if case .forbidden(let forbidden) = rejection { .forbidden(forbidden) } else { .other }
        }
    }

    enum Kind: Equatable {
        case forbidden(CommandForbidden)
        case move
        case other
    }

    static func check<Root: Aggregate, Action: RuledAction>(
        _ root: Root,
        _ action: Action,
        _ party: CommandParty,
        isAllowed: Bool,
        _ kind: (Root.Rejection) -> Kind
    ) throws where Root.Command == ActorCommand<Action> {
        let actor = Self.actor(party)
        let refusal = root.refusal(of: action, by: actor)
        let comment = Comment(rawValue: "\(action) by \(party)")
        switch party {
        case _ where isAllowed:
            #expect(refusal == nil, comment)
            #expect(action.rule.parties.contains(party), comment)
        case .visitor, .member, .otherSeller:
            #expect(refusal.map(kind) == .forbidden(Example.forbidden(action, to: actor, party)), comment)
        case .owner, .seller, .operator, .system:
            guard let refusal else {
                Issue.record("\(action) was open to \(party)")
                return
            }
            // Whoever has standing is answered by the lifecycle; a group has none, and a seller none in placing.
            switch kind(refusal) {
            case .move: break
            case .forbidden(let forbidden): #expect(forbidden.actor == actor && forbidden.party != .owner, comment)
            case .other: Issue.record("\(action) by \(party): \(refusal)")
            }
        }
    }
}
