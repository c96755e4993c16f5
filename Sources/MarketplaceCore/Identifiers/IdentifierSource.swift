/// The source of new identifiers.
///
/// Rules never make identifiers: they come in as arguments. Shells are handed a source, so that a test can hand them
/// a seeded one and get the same run twice.
public protocol IdentifierSource: Sendable {
    /// The bits of a new identifier, different from all that this source has given out.
    func nextBits() -> UInt128
}

extension IdentifierSource {
    /// A new identifier of the subject that the context asks for.
    public func next<Subject: ~Copyable>(_ subject: Subject.Type = Subject.self) -> Identifier<Subject> {
        Identifier(bits: nextBits())
    }
}
