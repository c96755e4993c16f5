/// What is known of the effect that an undo is to take back.
public enum StepEffect<Output: Sendable>: Sendable {
    /// It happened, with this output.
    case done(Output)
    /// It may have happened: the call timed out, or the process died while it ran.
    case unknown
}
