import MarketplaceCore
import Testing

private struct Renamed: EventPayload {
    static let eventName = "Renamed"
    static let schemaVersion = 3
    let name: String
}

private struct Closed: EventPayload {
    static let eventName = "Closed"
}

private struct RenamedFirst: Decodable, Sendable {
    let title: String
}

private enum DoorEvent: EventUnion {
    case renamed(Renamed)
    case closed(Closed)

    static let cases = [
        EventCase(DoorEvent.renamed).reading(RenamedFirst.self, version: 1) { old in
            guard !old.title.isEmpty else { throw Refused("a title without letters") }
            return .renamed(Renamed(name: old.title))
        },
        EventCase(DoorEvent.closed),
    ]

    var payload: any EventPayload {
        switch self {
        case .renamed(let payload): payload
        case .closed(let payload): payload
        }
    }
}

/// Hands out a value that was prepared, if it is of the type that is asked for.
private struct Prepared: PayloadReader {
    let value: any Sendable

    func read<Value: Decodable>(_ type: Value.Type) throws -> Value {
        guard let value = value as? Value else { throw NotApplied("the payload is no \(type)") }
        return value
    }
}

struct EventCaseTests {
    private let renamed = DoorEvent.cases[0]
    private let closed = DoorEvent.cases[1]

    @Test func aCaseKnowsItsNameItsVersionAndWhatItReads() {
        #expect(renamed.name == "Renamed")
        #expect(renamed.schemaVersion == 3)
        #expect(renamed.readableVersions == [1, 3])
        #expect(ObjectIdentifier(renamed.payloadType) == ObjectIdentifier(Renamed.self))
        #expect(closed.schemaVersion == 1)
        #expect(closed.readableVersions == [1])
    }

    @Test func todaysVersionIsReadAsItIs() throws {
        let event = try renamed.read(version: 3, from: Prepared(value: Renamed(name: "north")))
        #expect(event == .renamed(Renamed(name: "north")))
    }

    @Test func anOlderVersionIsReadThroughItsUpcaster() throws {
        let event = try renamed.read(version: 1, from: Prepared(value: RenamedFirst(title: "south")))
        #expect(event == .renamed(Renamed(name: "south")))
    }

    @Test func aVersionThatIsNotKnownGivesNothing() throws {
        #expect(try renamed.read(version: 2, from: Prepared(value: Renamed(name: "north"))) == nil)
        #expect(try renamed.read(version: 4, from: Prepared(value: Renamed(name: "north"))) == nil)
    }

    @Test func whatTheUpcasterOrTheReaderThrowsIsPassedOn() {
        #expect(throws: Refused("a title without letters")) {
            try renamed.read(version: 1, from: Prepared(value: RenamedFirst(title: "")))
        }
        #expect(throws: NotApplied.self) { try renamed.read(version: 3, from: Prepared(value: 7)) }
    }

    @Test func addingAnUpcasterLeavesTheOriginalAlone() {
        let plain = EventCase(DoorEvent.renamed)
        _ = plain.reading(RenamedFirst.self, version: 2) { .renamed(Renamed(name: $0.title)) }
        #expect(plain.readableVersions == [3])
    }

    @Test func anEventKnowsItsPayload() {
        #expect(type(of: DoorEvent.closed(Closed()).payload).eventName == "Closed")
    }
}
