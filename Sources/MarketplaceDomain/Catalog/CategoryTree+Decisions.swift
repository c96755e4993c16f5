import MarketplaceCore

extension CategoryTree {
    func create(
        _ id: CategoryID,
        _ parent: CategoryID?,
        _ name: String,
        _ command: Command
    ) throws(CategoryRejection) -> [CategoryEvent] {
        if let existing = category(id) {
            guard existing.parentID == parent, existing.name == name else { throw .alreadyCreated(id) }
            return []
        }
        try check(.create, nil, command)
        try Self.check(name)
        guard count < Self.maximumCategories else { throw .tooManyCategories(maximum: Self.maximumCategories) }
        try check(levels: 1, below: parent)
        return [
            .created(
                CategoryCreated(categoryID: id, parentID: parent, name: name, by: command.actor, at: command.time)
            )
        ]
    }

    func rename(_ id: CategoryID, _ name: String, _ command: Command) throws(CategoryRejection) -> [CategoryEvent] {
        let category = try existing(id)
        try check(.rename, category, command)
        guard name != category.name else { return [] }
        try Self.check(name)
        return [
            .renamed(
                CategoryRenamed(
                    categoryID: id,
                    from: category.name,
                    to: name,
                    by: command.actor,
                    at: command.time
                )
            )
        ]
    }

    func move(_ id: CategoryID, _ parent: CategoryID?, _ command: Command) throws(CategoryRejection) -> [CategoryEvent]
    {
        let category = try existing(id)
        try check(.move, category, command)
        guard parent != category.parentID else { return [] }
        if let parent, parent == id || ancestors(of: parent).contains(id) { throw .cycle(id, under: parent) }
        try check(levels: levels(of: id).count, below: parent)
        return [
            .moved(
                CategoryMoved(
                    categoryID: id,
                    from: category.parentID,
                    to: parent,
                    by: command.actor,
                    at: command.time
                )
            )
        ]
    }

    func changeStatus(
        _ id: CategoryID,
        _ move: CategoryMove,
        to target: CategoryStatus,
        _ command: Command
    ) throws(CategoryRejection) -> [CategoryEvent] {
        let category = try existing(id)
        if category.status == target, ProductCategory.lifecycle.roles(of: move).contains(command.actor.role) {
            return []
        }
        try check(move, category, command)
        return [
            .statusChanged(
                CategoryStatusChanged(
                    categoryID: id,
                    from: category.status,
                    to: target,
                    by: command.actor,
                    at: command.time
                )
            )
        ]
    }

    func existing(_ id: CategoryID) throws(CategoryRejection) -> ProductCategory {
        guard let category = category(id) else { throw .unknownCategory(id) }
        return category
    }

    func check(
        _ move: CategoryMove,
        _ category: ProductCategory?,
        _ command: Command
    ) throws(CategoryRejection) {
        var facts: Set<TransitionFact> = []
        if let category {
            if children(of: category.id).contains(where: { $0.status == .active }) { facts.insert(.hasActiveChildren) }
            if category.parentID.flatMap({ self.category($0) })?.status == .archived { facts.insert(.parentIsArchived) }
        }
        do throws(TransitionRefusal<CategoryStatus, CategoryMove, ActorRole>) {
            _ = try ProductCategory.lifecycle.move(move, from: category?.status, by: command.actor.role, given: facts)
        } catch {
            throw .move(error)
        }
    }

    /// So many levels can stand below that category.
    private func check(levels: Int, below parent: CategoryID?) throws(CategoryRejection) {
        guard let parent else { return }
        guard try existing(parent).status == .active else { throw .archivedParent(parent) }
        let depth = ancestors(of: parent).count + 1 + levels
        guard depth <= Self.maximumDepth else { throw .tooDeep(levels: depth, maximum: Self.maximumDepth) }
    }

    private static func check(_ name: String) throws(CategoryRejection) {
        if let problem = CatalogTextPart.categoryName.problem(of: name) { throw .badName(problem) }
    }
}
