/// Why a text is not the canonical form of a value, and where.
public struct TextParseError<Reason: Sendable & Hashable & CustomStringConvertible>: EffectStating, Hashable {
    /// What was wrong.
    public let reason: Reason
    /// Where: the offset in the text's UTF-8, from zero; the length of the text when it ended too early.
    public let utf8Offset: Int

    /// Makes the error.
    public init(_ reason: Reason, utf8Offset: Int) {
        self.reason = reason
        self.utf8Offset = utf8Offset
    }

    /// Refused: the same input has the same answer.
    public var effect: EffectOutcome { .refused }
}

extension TextParseError: CustomStringConvertible {
    /// The reason and the place in words, for a log.
    public var description: String { "\(reason), at byte \(utf8Offset)" }
}
