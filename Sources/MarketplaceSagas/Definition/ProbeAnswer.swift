/// What a probe found out about an effect whose outcome was unknown.
public enum ProbeAnswer<Output: Sendable>: Sendable {
    /// It happened, with this output.
    case done(Output)
    /// It did not happen: it is performed again, with the same key, so that a call still under way does no harm.
    case notDone
    /// It was refused for good, with this error.
    case refused(any Error)
}
