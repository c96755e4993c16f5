public import MarketplaceCore

/// One change of an index.
public enum SearchChange: Hashable, Sendable {
    /// The document is to be found as it is here.
    case put(SearchDocument)
    /// The document of that key is not to be found any more, as of that revision.
    ///
    /// The revision is kept, so that a late ``put(_:)`` of an earlier one does not bring the document back.
    case delete(SearchKey, revision: DocumentRevision)

    /// The key of the document.
    public var key: SearchKey {
        switch self {
        case .put(let document): document.key
        case .delete(let key, _): key
        }
    }

    /// The revision.
    public var revision: DocumentRevision {
        switch self {
        case .put(let document): document.revision
        case .delete(_, let revision): revision
        }
    }
}
