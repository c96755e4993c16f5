public import MarketplaceCore

/// The categories of the catalogue and how they stand under each other.
///
/// The whole tree is one aggregate, because what must hold is a matter of the whole: no category stands below itself.
/// Two moves that would make a cycle together are decided one after the other, and the second is refused. Categories
/// change seldom and are few, so nobody waits for anybody. A repeated command changes nothing.
public struct CategoryTree: Aggregate, Hashable {
    /// What can be asked of it.
    public typealias Command = ActorCommand<CategoryAction>
    /// What can happen to it.
    public typealias Event = CategoryEvent
    /// Why a command can be refused.
    public typealias Rejection = CategoryRejection
    /// What names one.
    public typealias ID = CategoryTreeID

    /// The category of its event streams.
    public static var category: String { "category" }

    /// The most categories: twice the product taxonomy of Google (5,600), and a move that takes nearly all of them along
    /// is still one transaction (10,000 parts).
    public static let maximumCategories = 9_000
    /// The most levels: the product taxonomy of Google has 7; beyond that nobody finds anything by browsing.
    public static let maximumDepth = 10

    private var nodes: [CategoryID: ProductCategory] = [:]
    private var childrenByParent: [CategoryID?: [CategoryID]] = [:]

    /// The state before the first event.
    public init() {}

    /// How many categories there are, archived ones included.
    public var count: Int { nodes.count }

    /// The category of that id.
    public func category(_ id: CategoryID) -> ProductCategory? { nodes[id] }

    /// What stands right below a category, or at the top: in the order in which it came there.
    public func children(of id: CategoryID?) -> [ProductCategory] {
        (childrenByParent[id] ?? []).compactMap { nodes[$0] }
    }

    /// What a category stands under, from right above it to the top.
    public func ancestors(of id: CategoryID) -> [CategoryID] {
        var ancestors: [CategoryID] = []
        var next = nodes[id]?.parentID
        while let id = next {
            ancestors.append(id)
            next = nodes[id]?.parentID
        }
        return ancestors
    }

    /// A category and all that stands below it, parents before children; empty when there is no such category.
    public func subtree(of id: CategoryID) -> [ProductCategory] {
        levels(of: id).flatMap { $0 }
    }

    /// What is asked of attributes of the products in a category.
    ///
    /// First what it asks itself, then what is asked above it, from right above it to the top. Of one name, what is asked
    /// nearest counts.
    public func attributes(of id: CategoryID) -> [AttributeDefinition] {
        ([id] + ancestors(of: id)).compactMap { nodes[$0]?.attributes }.nearest
    }

    /// Answers `command` with the events to record; an empty list when nothing changes.
    public func decide(_ command: Command) throws(CategoryRejection) -> [CategoryEvent] {
        do throws(CommandForbidden) {
            try command.refuseStrangers()
        } catch {
            throw .forbidden(error)
        }
        switch command.action {
        case .create(let id, let parent, let name): return try create(id, parent, name, command)
        case .rename(let id, let name): return try rename(id, name, command)
        case .move(let id, let parent): return try move(id, parent, command)
        case .defineAttribute(let definition, let id): return try define(definition, of: id, command)
        case .removeAttribute(let name, let id): return try removeAttribute(name, of: id, command)
        case .archive(let id): return try changeStatus(id, .archive, to: .archived, command)
        case .restore(let id): return try changeStatus(id, .restore, to: .active, command)
        }
    }

    /// Moves the state along a recorded event.
    public mutating func apply(_ event: CategoryEvent) {
        switch event {
        case .created(let created):
            let (id, parent) = (created.categoryID, created.parentID)
            nodes[id] = ProductCategory(id: id, parentID: parent, name: created.name, status: .active)
            childrenByParent[parent, default: []].append(id)
        case .renamed(let change): nodes[change.categoryID]?.name = change.to
        case .moved(let change):
            childrenByParent[change.from]?.removeAll { $0 == change.categoryID }
            childrenByParent[change.to, default: []].append(change.categoryID)
            nodes[change.categoryID]?.parentID = change.to
        case .attributeDefined(let defined): nodes[defined.categoryID]?.define(defined.definition)
        case .attributeRemoved(let removed):
            nodes[removed.categoryID]?.attributes.removeAll { $0.name == removed.name }
        case .statusChanged(let change): nodes[change.categoryID]?.status = change.to
        }
    }

    /// A category, what stands right below it, what stands below that, and so on.
    func levels(of id: CategoryID) -> [[ProductCategory]] {
        var levels: [[ProductCategory]] = []
        var level = nodes[id].map { [$0] } ?? []
        while !level.isEmpty {
            levels.append(level)
            level = level.flatMap { children(of: $0.id) }
        }
        return levels
    }
}
