public import MarketplaceCore

extension CategoryAction: ContentDigestible {
    /// Takes in what is asked.
    public func combine(into digest: inout ContentDigest) {
        switch self {
        case .create(let id, let parent, let name): digest.combine(all: "create", id, parent, name)
        case .rename(let id, let name): digest.combine(all: "rename", id, name)
        case .move(let id, let parent): digest.combine(all: "move", id, parent)
        case .defineAttribute(let definition, let id): digest.combine(all: "defineAttribute", id, definition)
        case .removeAttribute(let name, let id): digest.combine(all: "removeAttribute", id, name)
        case .archive(let id): digest.combine(all: "archive", id)
        case .restore(let id): digest.combine(all: "restore", id)
        }
    }
}

extension AttributeDefinition: ContentDigestible {
    /// Takes in all of it.
    public func combine(into digest: inout ContentDigest) {
        digest.combine(all: name, type.rawValue, isRequired, allowedValues, unit)
    }
}
