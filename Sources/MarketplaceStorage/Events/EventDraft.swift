public import MarketplaceCore

/// Names one recorded event.
public typealias EventID = Identifier<RecordedEvent>

/// An event that is about to be recorded: an envelope around encoded bytes.
public struct EventDraft: Hashable, Sendable {
    /// The id of the event.
    public let id: EventID
    /// The name on the feed.
    public let name: String
    /// The version of the stored form.
    public let schemaVersion: Int
    /// The encoded payload.
    public let payload: [UInt8]
    /// The key of the command that caused it, by which a repeated command is recognised.
    public let command: IdempotencyKey?
    /// What tells that command from another one under the same key; nil when nobody said.
    public let commandDigest: ContentDigest.Value?
    /// What travels with it.
    public let headers: ContextHeaders

    /// Makes an envelope.
    public init(
        id: EventID,
        name: String,
        schemaVersion: Int = 1,
        payload: [UInt8],
        command: IdempotencyKey? = nil,
        commandDigest: ContentDigest.Value? = nil,
        headers: ContextHeaders = .current
    ) {
        self.id = id
        self.name = name
        self.schemaVersion = schemaVersion
        self.payload = payload
        self.command = command
        self.commandDigest = commandDigest
        self.headers = headers
    }
}
