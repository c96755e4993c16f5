public import MarketplaceCore

extension TransitionFact {
    /// Something below it is still in use.
    static let hasActiveChildren: TransitionFact = "has active children"
    /// What it stands under is out of use.
    static let parentIsArchived: TransitionFact = "its parent is archived"
}

/// One category of the catalogue.
public struct ProductCategory: Sendable, Hashable, Codable {
    /// What names it.
    public let id: CategoryID
    /// What it stands under; nil at the top.
    public internal(set) var parentID: CategoryID?
    /// The name.
    public internal(set) var name: String
    /// Whether it is in use.
    public internal(set) var status: CategoryStatus
    /// What it asks itself of attributes of the products in it, in the order in which that was defined; what is asked
    /// above it is asked as well, see ``CategoryTree/attributes(of:)``.
    public internal(set) var attributes: [AttributeDefinition] = []

    /// Who may move it from where to where.
    public static let lifecycle = TransitionMachine<CategoryStatus, CategoryMove, ActorRole> {
        Transition(.create, to: .active, by: .operator, .system)
        Transition.staying(.rename, in: .active, by: .operator, .system)
        Transition.staying(.move, in: .active, by: .operator, .system)
        Transition.staying(.defineAttribute, in: .active, by: .operator, .system)
        Transition.staying(.removeAttribute, in: .active, by: .operator, .system)
        Transition(.archive, from: .active, to: .archived, by: .operator, .system, unless: .hasActiveChildren)
        Transition(.restore, from: .archived, to: .active, by: .operator, .system, unless: .parentIsArchived)
    }
}
