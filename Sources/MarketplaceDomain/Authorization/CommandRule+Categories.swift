extension CommandRule {
    /// The rules of categories.
    static let categories = [
        createCategory, renameCategory, moveCategory, defineAttribute, removeAttribute, archiveCategory,
        restoreCategory,
    ]

    /// Add a category.
    static let createCategory = CommandRule("category.create", by: .operator, .system)
    /// Give a category another name.
    static let renameCategory = CommandRule("category.rename", by: .operator, .system)
    /// Put a category elsewhere in the tree.
    static let moveCategory = CommandRule("category.move", by: .operator, .system)
    /// Define what a category asks of an attribute.
    static let defineAttribute = CommandRule("category.defineAttribute", by: .operator, .system)
    /// Ask that no more.
    static let removeAttribute = CommandRule("category.removeAttribute", by: .operator, .system)
    /// Take a category out of use.
    static let archiveCategory = CommandRule("category.archive", by: .operator, .system)
    /// Take a category back into use.
    static let restoreCategory = CommandRule("category.restore", by: .operator, .system)
}

extension CategoryAction: RuledAction {
    /// Who may ask for it.
    public var rule: CommandRule {
        switch self {
        case .create: .createCategory
        case .rename: .renameCategory
        case .move: .moveCategory
        case .defineAttribute: .defineAttribute
        case .removeAttribute: .removeAttribute
        case .archive: .archiveCategory
        case .restore: .restoreCategory
        }
    }
}
