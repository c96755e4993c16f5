/// A law that a conformance is known not to keep, and why: the declaration a reader of the test sees.
public struct LawSkip: Hashable, Sendable {
    /// The name of the law.
    public let law: String
    /// Why it is skipped.
    public let reason: String

    /// Declares that a law is skipped, and why.
    public init(_ law: String, because reason: String) {
        self.law = law
        self.reason = reason
    }
}
