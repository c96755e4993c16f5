/// The named moves of a category's lifecycle.
public enum CategoryMove: String, Sendable, Hashable, CaseIterable {
    /// Add it.
    case create
    /// Give it another name.
    case rename
    /// Put it elsewhere in the tree.
    case move
    /// Define what it asks of an attribute.
    case defineAttribute
    /// Ask that no more.
    case removeAttribute
    /// Take it out of use.
    case archive
    /// Take it back into use.
    case restore
}
