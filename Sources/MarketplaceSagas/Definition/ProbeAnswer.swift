/// What a probe found out about an effect whose outcome was unknown.
public enum ProbeAnswer<Output: Sendable>: Sendable {
    /// It happened, with this output.
    case done(Output)
    /// It did not happen, and the call that was to make it can no longer make it happen.
    case notDone
    /// It was refused for good.
    case refused(String)
}
