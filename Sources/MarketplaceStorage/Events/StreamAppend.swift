/// Events to append to one stream.
public struct StreamAppend: Hashable, Sendable {
    /// The stream.
    public let stream: StreamID
    /// What the stream must be at.
    public let expected: ExpectedVersion
    /// The events, at least one.
    public let events: [EventDraft]
}
