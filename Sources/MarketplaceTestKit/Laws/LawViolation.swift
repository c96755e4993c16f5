/// A conformance breaks a law: which, how, and after which calls.
public struct LawViolation: Error, Sendable {
    /// The name of the law.
    public let law: String
    /// The law in one sentence.
    public let statement: String
    /// What the law demands.
    public let expected: String
    /// What the subject did.
    public let found: String
    /// The calls that led to it, the last ones when there were very many.
    public let history: [String]

    init<Subject>(of law: Law<Subject>, expected: String, found: String, history: LawHistory) {
        self.law = law.name
        statement = law.statement
        self.expected = expected
        self.found = found
        self.history = history.lines
    }
}

extension LawViolation: CustomStringConvertible {
    /// All of it, on several lines.
    public var description: String {
        """
        The law \(law) is broken: \(statement)
          expected: \(expected)
          found:    \(found)
          calls:
        \(history.map { "    \($0)" }.joined(separator: "\n"))
        """
    }
}
