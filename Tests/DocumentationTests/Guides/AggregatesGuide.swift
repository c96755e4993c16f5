import Marketplace
import Testing

struct AggregatesGuide {
    @Test func anOrderDecidesAndRecords() throws {
        // guide: Aggregates
        let buyer = MemberID(bits: 1)
        let line = OrderLine(sku: "espresso", quantity: .one, unitPrice: Money(minorUnits: 4_500, .krw))
        var order = Order()
        let create = OrderAction.create(id: OrderID(bits: 7), buyer: buyer, lines: [line])
        let events = try order.handle(ActorCommand(create, by: .buyer(buyer), at: .epoch))
        try order.handle(ActorCommand(.confirm, by: .system, at: .epoch))
        // end of guide
        #expect(events.count == 1)
        #expect(order.status == .confirmed)
    }
}

// guide: An aggregate of your own
struct ShelfRented: EventPayload {
    static var eventName: String { "ShelfRented" }
    static var schemaVersion: Int { 2 }
    let tenant: MemberID
    let weeks: Int
}

/// All that can happen to a shelf.
enum ShelfEvent: EventUnion {
    case rented(ShelfRented)

    static let cases = [
        // Version 1 had no weeks: an upcaster reads what was stored then.
        EventCase(ShelfEvent.rented).reading(ShelfRentedVersion1.self, version: 1) { old in
            .rented(ShelfRented(tenant: old.tenant, weeks: 1))
        }
    ]

    var payload: any EventPayload {
        switch self {
        case .rented(let payload): payload
        }
    }
}

struct ShelfRentedVersion1: Decodable {
    let tenant: MemberID
}

enum ShelfRejection: EffectStating {
    case taken(by: MemberID)
    case tooLong(weeks: Int, maximum: Int)

    var effect: EffectOutcome { .refused }
}

/// A shelf in a shop that one member at a time rents.
struct Shelf: Aggregate {
    struct Rent: RepeatableCommand {
        let tenant: MemberID
        let weeks: Int

        /// What a repetition must repeat: another request under the same key is refused.
        func identify(in digest: inout ContentDigest) { digest.combine(all: tenant, weeks) }
    }

    static var category: String { "shelf" }
    static let maximumWeeks = 12

    private(set) var tenant: MemberID?

    func decide(_ command: Rent) throws(ShelfRejection) -> [ShelfEvent] {
        if let tenant {
            guard tenant == command.tenant else { throw .taken(by: tenant) }
            return []
        }
        let maximum = Self.maximumWeeks
        guard command.weeks <= maximum else { throw .tooLong(weeks: command.weeks, maximum: maximum) }
        return [.rented(ShelfRented(tenant: command.tenant, weeks: command.weeks))]
    }

    mutating func apply(_ event: ShelfEvent) {
        switch event {
        case .rented(let rented): tenant = rented.tenant
        }
    }
}
// end of guide

extension AggregatesGuide {
    @Test func theShelfKeepsItsRules() throws {
        var shelf = Shelf()
        try shelf.handle(Shelf.Rent(tenant: MemberID(bits: 1), weeks: 2))
        #expect(throws: ShelfRejection.self) { try shelf.decide(Shelf.Rent(tenant: MemberID(bits: 2), weeks: 2)) }
        #expect(try shelf.decide(Shelf.Rent(tenant: MemberID(bits: 1), weeks: 2)).isEmpty)
        #expect(ShelfEvent.cases[0].readableVersions == [1, 2])
    }

    @Test func aLifecycleIsATable() throws {
        // guide: Lifecycles
        enum State { case open, reserved, sold }
        enum Move { case list, reserve, buy, lapse }
        let lifecycle = TransitionMachine<State, Move, ActorRole> {
            Transition(.list, to: .open, by: .seller)
            Transition(.reserve, from: .open, to: .reserved, by: .buyer)
            Transition(.buy, from: .reserved, to: .sold, by: .buyer, when: "paid")
            Transition(.lapse, from: .reserved, to: .open, after: .minutes(15), since: .lastEntered(.reserved))
        }
        let next = try lifecycle.move(.buy, from: .reserved, by: .buyer, given: ["paid"])
        let open = lifecycle.open(from: .reserved, by: .buyer)  // none: it is not paid
        // end of guide
        #expect(next == .sold)
        #expect(open.isEmpty)
    }

    @Test func aMoveThatIsNotListedIsRefusedWithTheOpenOnes() throws {
        let buyer = MemberID(bits: 1)
        var order = Order()
        let line = OrderLine(sku: "a", quantity: .one, unitPrice: Money(minorUnits: 1, .krw))
        try order.handle(
            ActorCommand(.create(id: OrderID(bits: 7), buyer: buyer, lines: [line]), by: .system, at: .epoch)
        )
        // guide: Lifecycles
        do throws(OrderRejection) {
            try order.handle(ActorCommand(.cancel(.buyerRequest), by: .buyer(buyer), at: .epoch))
        } catch {
            if case .move(let refusal) = error { print(refusal.reason, refusal.open) }
        }
        // end of guide
        #expect(order.status == .pending)
    }
}
