public import MarketplaceCore

/// All that can happen to the categories of a tree.
public enum CategoryEvent: EventUnion {
    /// One was added.
    case created(CategoryCreated)
    /// One has another name.
    case renamed(CategoryRenamed)
    /// One stands elsewhere.
    case moved(CategoryMoved)
    /// What one asks of an attribute was defined.
    case attributeDefined(CategoryAttributeDefined)
    /// What one asked of an attribute is asked no more.
    case attributeRemoved(CategoryAttributeRemoved)
    /// One moved along its lifecycle.
    case statusChanged(CategoryStatusChanged)

    /// How each stored kind of event becomes a value of this type.
    public static let cases = [
        EventCase(CategoryEvent.created),
        EventCase(CategoryEvent.renamed),
        EventCase(CategoryEvent.moved),
        EventCase(CategoryEvent.attributeDefined),
        EventCase(CategoryEvent.attributeRemoved),
        EventCase(CategoryEvent.statusChanged),
    ]

    /// The payload of this event.
    public var payload: any EventPayload {
        switch self {
        case .created(let payload): payload
        case .renamed(let payload): payload
        case .moved(let payload): payload
        case .attributeDefined(let payload): payload
        case .attributeRemoved(let payload): payload
        case .statusChanged(let payload): payload
        }
    }
}
