public import MarketplaceCore

extension EventReader {
    /// The event that a message tells of; nil when the union has no event of that name, so that it is about something
    /// else.
    ///
    /// - Throws: ``MessageReadingError`` when the name is the union's and the payload cannot be read: it would be the
    ///   same at the next delivery, so the message is a dead letter.
    public func read(_ message: Message) throws(MessageReadingError) -> Event? {
        guard let known = places[message.name].map({ cases[$0] }) else { return nil }
        let value: Event?
        do {
            value = try known.read(
                version: message.schemaVersion,
                from: EncodedPayload(bytes: message.payload, codec: codec)
            )
        } catch {
            throw MessageReadingError(message, .undecodable("\(error)"))
        }
        guard let value else {
            throw MessageReadingError(message, .unknownVersion(readable: known.readableVersions))
        }
        return value
    }
}

/// Why the event that a message tells of cannot be read.
public struct MessageReadingError: EffectStating, Hashable {
    /// The message.
    public let message: MessageID
    /// The name of the event.
    public let name: String
    /// The schema version of the event.
    public let schemaVersion: Int
    /// What is wrong with it.
    public let reason: EventReadingError.Reason

    /// Makes an error about a message.
    public init(_ message: Message, _ reason: EventReadingError.Reason) {
        self.message = message.id
        name = message.name
        schemaVersion = message.schemaVersion
        self.reason = reason
    }

    /// Nothing was changed, and reading again gives the same.
    public var effect: EffectOutcome { .refused }
}

extension MessageReadingError: CustomStringConvertible {
    /// What is wrong, and with which message.
    public var description: String {
        let event = "message \(message) (\(name), schema version \(schemaVersion))"
        return switch reason {
        case .unknownName: "\(event) has a name that is not known here"
        case .unknownVersion(let readable): "\(event) cannot be read: the versions known here are \(readable)"
        case .undecodable(let reason): "\(event) cannot be read: \(reason)"
        }
    }
}
