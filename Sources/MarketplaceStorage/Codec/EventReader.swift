public import MarketplaceCore

/// Turns recorded events into the values of a union and back, old schema versions through their upcasters.
public struct EventReader<Event: EventUnion>: Sendable {
    let cases: [EventCase<Event>]
    /// Where a name is among the cases: a dictionary whose values are of a generic type would be slow to look up in.
    let places: [String: Int]
    let codec: any PayloadCodec

    /// A reader of the union's own cases.
    public init(_ type: Event.Type = Event.self, codec: any PayloadCodec) {
        cases = Event.cases
        places = Dictionary(uniqueKeysWithValues: cases.enumerated().map { ($1.name, $0) })
        self.codec = codec
    }

    /// The names of all events of the union.
    public var names: Set<String> { Set(places.keys) }

    /// The value of a recorded event.
    public func read(_ event: RecordedEvent) throws(EventReadingError) -> Event {
        try read(event, from: EncodedPayload(bytes: event.payload, codec: codec))
    }

    /// The values of recorded events, in their order; for less than reading each by itself where the codec can.
    ///
    /// - Throws: Why the first of them that cannot be read cannot.
    public func read(_ events: [RecordedEvent]) throws(EventReadingError) -> [Event] {
        try codec.decodeAll(events.map { $0.payload }) { index, payload throws(EventReadingError) in
            try read(events[index], from: payload)
        }
    }

    private func read(_ event: RecordedEvent, from payload: any PayloadReader) throws(EventReadingError) -> Event {
        guard let place = places[event.name] else {
            throw EventReadingError(event, .unknownName)
        }
        let value: Event?
        do {
            value = try cases[place].read(version: event.schemaVersion, from: payload)
        } catch {
            throw EventReadingError(event, .undecodable("\(error)"))
        }
        guard let value else {
            throw EventReadingError(event, .unknownVersion(readable: cases[place].readableVersions))
        }
        return value
    }

    /// The envelope of an event that is to be recorded.
    public func draft(
        _ event: Event,
        id: EventID,
        command: IdempotencyKey?,
        commandDigest: ContentDigest.Value? = nil,
        headers: ContextHeaders = .current
    ) throws(PayloadCodecError) -> EventDraft {
        let payload = event.payload
        return EventDraft(
            id: id,
            name: type(of: payload).eventName,
            schemaVersion: type(of: payload).schemaVersion,
            payload: try codec.encode(payload),
            command: command,
            commandDigest: commandDigest,
            headers: headers
        )
    }
}
