/// What a command line asks for.
public enum CommandLineRequest: Sendable {
    /// To print the help text.
    case help
    /// To run with these values.
    case run(ParsedOptions)
}
