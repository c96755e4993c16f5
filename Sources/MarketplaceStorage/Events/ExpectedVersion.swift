/// What an append expects of its stream.
public enum ExpectedVersion: Hashable, Sendable {
    /// Anything.
    case any
    /// Exactly this version.
    case exactly(StreamVersion)

    /// That it has no events yet.
    public static var none: ExpectedVersion { .exactly(.none) }
}
