/// What can be asked of the categories of a tree.
public enum CategoryAction: Sendable, Hashable {
    /// Add one, under another or at the top.
    case create(id: CategoryID, parent: CategoryID?, name: String)
    /// Give one another name.
    case rename(CategoryID, to: String)
    /// Put one, with all below it, under another or at the top.
    case move(CategoryID, under: CategoryID?)
    /// Define what it asks of an attribute of the products in it and below it, or define that anew.
    case defineAttribute(AttributeDefinition, of: CategoryID)
    /// Ask no more what it has asked of an attribute.
    case removeAttribute(String, of: CategoryID)
    /// Take one out of use that has nothing in use below it.
    case archive(CategoryID)
    /// Take one back into use.
    case restore(CategoryID)

    /// Which category it is about.
    public var category: CategoryID {
        switch self {
        case .create(let id, _, _), .rename(let id, _), .move(let id, _), .archive(let id), .restore(let id),
            .defineAttribute(_, let id), .removeAttribute(_, let id):
            id
        }
    }
}
