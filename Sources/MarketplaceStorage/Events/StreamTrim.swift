/// How to shorten a stream.
public enum StreamTrim: Hashable, Sendable {
    /// Removes all events before `version`, from the feed too. The stream keeps its version.
    case before(StreamVersion, of: StreamID)
    /// Removes the stream as if it had never been: all its events, and its version.
    ///
    /// Only for streams whose key will not be used again.
    case whole(StreamID)

    /// The stream that is shortened.
    public var stream: StreamID {
        switch self {
        case .before(_, let stream), .whole(let stream): stream
        }
    }
}
