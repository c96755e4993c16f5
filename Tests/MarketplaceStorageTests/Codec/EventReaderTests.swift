import MarketplaceCore
import MarketplaceJSON
import MarketplaceStorage
import Testing

struct EventReaderTests {
    private let reader = EventReader(AccountEvent.self, codec: .json)

    private func recorded(_ name: String, version: Int = 1, _ payload: String) -> RecordedEvent {
        RecordedEvent(
            stream: StreamID("account", "a"),
            version: .first,
            position: .start,
            time: .epoch,
            transaction: TransactionID(bits: 1),
            draft: EventDraft(id: EventID(bits: 1), name: name, schemaVersion: version, payload: Array(payload.utf8))
        )
    }

    @Test func aDraftedEventIsReadBack() throws {
        let event = AccountEvent.deposited(Deposited(cents: 7, note: nil))
        let headers = try ContextHeaders(["actor-id": "m"])
        let draft = try reader.draft(event, id: EventID(bits: 9), command: "k", headers: headers)
        #expect(draft.name == "Deposited")
        #expect(draft.schemaVersion == 2)
        #expect(draft.command == "k")
        #expect(draft.headers == headers)
        #expect(
            try reader.read(recorded("Deposited", version: 2, String(decoding: draft.payload, as: UTF8.self))) == event
        )
    }

    @Test func anOldEventIsReadThroughItsUpcaster() throws {
        #expect(
            try reader.read(recorded("Deposited", version: 1, #"{"euros":3}"#))
                == .deposited(Deposited(cents: 300, note: "from euros"))
        )
    }

    @Test func aNameThatIsNotKnownIsTold() {
        let error = #expect(throws: EventReadingError.self) { try reader.read(recorded("Vanished", "{}")) }
        #expect(error?.reason == .unknownName)
        #expect(error?.stream == StreamID("account", "a"))
        #expect(error?.effect == .refused)
    }

    @Test func aVersionThatIsNotKnownIsToldWithThoseThatAre() {
        let error = #expect(throws: EventReadingError.self) { try reader.read(recorded("Deposited", version: 3, "{}")) }
        #expect(error?.reason == .unknownVersion(readable: [1, 2]))
    }

    @Test func aPayloadThatIsNotWhatItsNamePromisesIsTold() {
        let error = #expect(throws: EventReadingError.self) {
            try reader.read(recorded("Deposited", version: 2, #"{"cents":"many"}"#))
        }
        guard case .undecodable(let reason) = error?.reason else {
            Issue.record("not undecodable: \(String(describing: error))")
            return
        }
        #expect(reason.contains("cents"))
    }

    @Test func manyEventsAreReadAsEachByItself() throws {
        let events = [
            recorded("Deposited", version: 2, #"{"cents":7}"#), recorded("Deposited", version: 1, #"{"euros":3}"#),
            recorded("Deposited", version: 2, #"{"cents":9,"note":"n"}"#),
        ]
        let each = try events.map { event in try reader.read(event) }
        #expect(try reader.read(events) == each)
        #expect(try reader.read([RecordedEvent]()).isEmpty)
    }

    @Test func theFirstOfManyEventsThatCannotBeReadIsTold() throws {
        let good = recorded("Deposited", version: 2, #"{"cents":7}"#)
        let bad = recorded("Deposited", version: 2, #"{"cents":"many"}"#)
        let newer = recorded("Deposited", version: 3, "{}")
        let unread = #expect(throws: EventReadingError.self) { try reader.read([good, bad, newer]) }
        guard case .undecodable = unread?.reason else {
            Issue.record("not undecodable: \(String(describing: unread))")
            return
        }
        #expect(throws: EventReadingError(newer, .unknownVersion(readable: [1, 2]))) {
            try reader.read([good, newer, bad])
        }
    }
}
