public import MarketplaceCore

/// An event as a store keeps it.
public struct RecordedEvent: Hashable, Sendable {
    /// The stream it belongs to.
    public let stream: StreamID
    /// Its place in the stream, from 1 without gaps.
    public let version: StreamVersion
    /// Its place in the feed.
    public let position: FeedPosition
    /// The time its transaction carried.
    public let time: Timestamp
    /// The transaction that recorded it.
    public let transaction: TransactionID
    /// The envelope and the payload.
    public let draft: EventDraft

    /// Makes a recorded event; for adapters.
    public init(
        stream: StreamID,
        version: StreamVersion,
        position: FeedPosition,
        time: Timestamp,
        transaction: TransactionID,
        draft: EventDraft
    ) {
        self.stream = stream
        self.version = version
        self.position = position
        self.time = time
        self.transaction = transaction
        self.draft = draft
    }

    /// The id of the event.
    public var id: EventID { draft.id }
    /// The name on the feed.
    public var name: String { draft.name }
    /// The version of the stored form.
    public var schemaVersion: Int { draft.schemaVersion }
    /// The encoded payload.
    public var payload: [UInt8] { draft.payload }
    /// The key of the command that caused it.
    public var command: IdempotencyKey? { draft.command }
    /// What tells that command from another one under the same key; nil when nobody said.
    public var commandDigest: ContentDigest.Value? { draft.commandDigest }
    /// What travels with it.
    public var headers: ContextHeaders { draft.headers }
}
