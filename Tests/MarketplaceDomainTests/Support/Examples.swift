import Foundation
import MarketplaceCore
import MarketplaceDomain
import Testing

/// Ids, times and commands that the tests of this module share.
enum Example {
    static let orderID = OrderID(bits: 1)
    static let buyer = MemberID(bits: 2)
    static let stranger = MemberID(bits: 3)
    static let seller = SellerID(bits: 4)
    static let otherSeller = SellerID(bits: 5)
    static let staff = MemberID(bits: 6)
    static let productID = ProductID(bits: 7)
    static let paymentID = PaymentID(bits: 8)
    static let now = Timestamp(microsecondsSinceEpoch: 1_767_225_600_000_000)

    /// Somebody in that role, who owns what the examples are about.
    static func actor(_ role: ActorRole) -> CommandActor {
        switch role {
        case .visitor: .visitor
        case .buyer: .buyer(buyer)
        case .seller: .seller(seller)
        case .operator: .operator(staff)
        case .system: .system
        }
    }

    /// Somebody who is that party where it belongs to the buyer and the seller of the examples.
    static func actor(_ party: CommandParty) -> CommandActor {
        switch party {
        case .visitor: .visitor
        case .member: .buyer(stranger)
        case .owner: .buyer(buyer)
        case .otherSeller: .seller(otherSeller)
        case .seller: .seller(seller)
        case .operator: .operator(staff)
        case .system: .system
        }
    }

    /// The refusal of an action that is not open to somebody.
    static func forbidden(_ action: some RuledAction, to actor: CommandActor, _ party: CommandParty) -> CommandForbidden
    {
        CommandForbidden(
            command: action.rule.command,
            actor: actor,
            party: party,
            allowed: CommandParty.allCases.filter(action.rule.parties.contains)
        )
    }

    /// A key of these words.
    static func key<Subject>(_ word: String, _ number: Int) -> TextKey<Subject> {
        let text = "\(word)\(number)"
        guard let key = try? TextKey<Subject>(validating: text) else { preconditionFailure("\(text) is no key") }
        return key
    }

    static func won(_ amount: Int64) -> Money { Money(minorUnits: amount, .krw) }

    static func line(_ sku: SKU, _ quantity: Quantity, _ price: Int64) -> OrderLine {
        OrderLine(sku: sku, quantity: quantity, unitPrice: won(price))
    }
}

extension Aggregate {
    /// What `decide` refuses `action` with; nil when it does not.
    func refusal<Action>(
        of action: Action,
        by actor: CommandActor
    ) -> Rejection? where Command == ActorCommand<Action> {
        do throws(Rejection) {
            _ = try decide(ActorCommand(action, by: actor, at: Example.now))
            return nil
        } catch {
            return error
        }
    }

    /// Handles `action`, which must be allowed.
    @discardableResult
    mutating func perform<Action>(
        _ action: Action,
        by actor: CommandActor
    ) throws -> [Event] where Command == ActorCommand<Action> {
        try handle(ActorCommand(action, by: actor, at: Example.now))
    }
}

/// Reads one stored payload.
private struct JSONReader: PayloadReader {
    let data: Data

    func read<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try JSONDecoder().decode(type, from: data)
    }
}

/// An event as a store returns it: encoded, then read back by its name and version.
func roundTripped<Event: EventUnion>(_ event: Event) throws -> Event? {
    let payload = event.payload
    let type = Swift.type(of: payload)
    let stored = try #require(Event.cases.first { $0.name == type.eventName })
    return try stored.read(version: type.schemaVersion, from: JSONReader(data: JSONEncoder().encode(payload)))
}

/// Whether `table` lists exactly the moves that `machine` accepts, for every state, move and role.
func expectExactly<State, Move, Role>(
    _ machine: TransitionMachine<State, Move, Role>,
    allows table: [(move: Move, from: State?, to: State, by: [Role])],
    states: [State],
    moves: [Move],
    roles: [Role],
    given facts: Set<TransitionFact> = [],
    sourceLocation: SourceLocation = #_sourceLocation
) {
    for state in states.map(Optional.some) + [nil] {
        for role in roles {
            let listed = table.filter { $0.from == state && $0.by.contains(role) }
            for move in moves {
                let expected = listed.first { $0.move == move }?.to
                let found = try? machine.move(move, from: state, by: role, given: facts)
                let place = "\(move) from \(String(describing: state)) by \(role)"
                #expect(found == expected, "\(place)", sourceLocation: sourceLocation)
            }
            #expect(
                Set(machine.open(from: state, by: role, given: facts)) == Set(listed.map(\.move)),
                sourceLocation: sourceLocation
            )
        }
    }
}
