import MarketplaceCore
import Testing

private struct Added: EventPayload {
    static let eventName = "Added"
    let amount: Int
}

private enum TallyEvent: EventUnion {
    case added(Added)

    static let cases = [EventCase(TallyEvent.added)]

    var payload: any EventPayload {
        switch self {
        case .added(let payload): payload
        }
    }
}

private struct Addition: RepeatableCommand, ExpressibleByArrayLiteral {
    let amounts: [Int]

    init(arrayLiteral amounts: Int...) { self.amounts = amounts }

    func identify(in digest: inout ContentDigest) { digest.combine(all: amounts) }
}

private struct Tally: Aggregate {
    static let category = "tally"
    var sum = 0

    /// Adds each amount as an event of its own.
    func decide(_ command: Addition) throws(Refused) -> [TallyEvent] {
        guard command.amounts.allSatisfy({ $0 > 0 }) else { throw Refused("amounts lie above zero") }
        return command.amounts.map { .added(Added(amount: $0)) }
    }

    mutating func apply(_ event: TallyEvent) {
        switch event {
        case .added(let payload): sum += payload.amount
        }
    }
}

struct AggregateTests {
    @Test func handlingDecidesAndAppliesEveryEvent() throws {
        var tally = Tally()
        let events = try tally.handle([1, 2])
        #expect(events == [.added(Added(amount: 1)), .added(Added(amount: 2))])
        #expect(tally.sum == 3)
    }

    @Test func aRejectionChangesNothing() throws {
        var tally = Tally()
        try tally.handle([5])
        #expect(throws: Refused("amounts lie above zero")) { try tally.handle([1, 0]) }
        #expect(tally.sum == 5)
    }

    @Test func replayingTheEventsGivesTheSameState() throws {
        var tally = Tally()
        let events = try tally.handle([1, 2]) + tally.handle([3])
        #expect(Tally(replaying: events).sum == tally.sum)
        #expect(Tally(replaying: []).sum == 0)
    }
}
