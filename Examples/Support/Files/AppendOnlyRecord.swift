/// What an append-only record holds.
public struct AppendOnlyRecord: Hashable, Sendable {
    /// The whole lines, oldest first, without their line breaks.
    public let lines: [String]
    /// What follows the last line break: the start of a line whose writer died; `nil` when the record ends cleanly.
    ///
    /// It was never reported as written. Bytes that are not UTF-8 are shown as replacement characters.
    public let tornTail: String?
}
