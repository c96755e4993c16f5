/// What the body of a law throws where the subject breaks it; ``Law/check(_:)`` makes a ``LawViolation`` of it.
public struct LawBreach: Error {
    /// What the law demands.
    public let expected: String
    /// What the subject did.
    public let found: String

    /// Makes a breach.
    public init(expected: String, found: String) {
        self.expected = expected
        self.found = found
    }

    /// Throws unless `found` is `expected`; `what` names the thing in the message.
    static func unlessEqual<Value: Equatable>(_ found: Value, _ expected: Value, _ what: String) throws(LawBreach) {
        guard found == expected else {
            throw LawBreach(expected: "\(what): \(expected)", found: "\(found)")
        }
    }

    /// Throws unless the condition holds.
    static func unless(_ condition: Bool, _ expected: String, found: @autoclosure () -> String) throws(LawBreach) {
        guard condition else { throw LawBreach(expected: expected, found: found()) }
    }
}
