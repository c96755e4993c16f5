/// What a write or a deletion expects of its document.
public enum ExpectedRevision: Hashable, Sendable {
    /// Anything.
    case any
    /// That there is none.
    case absent
    /// Exactly this revision.
    case exactly(DocumentRevision)

    /// Whether a document at `revision` (nil: absent) meets it.
    public func isMet(by revision: DocumentRevision?) -> Bool {
        switch self {
        case .any: true
        case .absent: revision == nil
        case .exactly(let expected): revision == expected
        }
    }

    /// The revision that is expected; nil for an absent document or for any.
    public var revision: DocumentRevision? {
        switch self {
        case .any, .absent: nil
        case .exactly(let revision): revision
        }
    }
}
