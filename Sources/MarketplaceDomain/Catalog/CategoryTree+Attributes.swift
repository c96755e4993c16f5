import MarketplaceCore

extension CategoryTree {
    func define(
        _ definition: AttributeDefinition,
        of id: CategoryID,
        _ command: Command
    ) throws(CategoryRejection) -> [CategoryEvent] {
        let category = try existing(id)
        try check(.defineAttribute, category, command)
        guard !category.attributes.contains(definition) else { return [] }
        if let problem = definition.problem { throw .badAttribute(name: definition.name, problem) }
        let isNew = !category.attributes.contains { $0.name == definition.name }
        guard !isNew || category.attributes.count < AttributeDefinition.maximumPerCategory else {
            throw .tooManyAttributes(maximum: AttributeDefinition.maximumPerCategory)
        }
        let others = category.attributes.filter { $0.name != definition.name }
        let length = others.reduce(definition.textLength) { $0 + $1.textLength }
        guard length <= AttributeDefinition.maximumTextPerCategory else {
            throw .attributesTooLong(count: length, maximum: AttributeDefinition.maximumTextPerCategory)
        }
        return [
            .attributeDefined(
                CategoryAttributeDefined(
                    categoryID: id,
                    definition: definition,
                    by: command.actor,
                    at: command.time
                )
            )
        ]
    }

    func removeAttribute(
        _ name: String,
        of id: CategoryID,
        _ command: Command
    ) throws(CategoryRejection) -> [CategoryEvent] {
        let category = try existing(id)
        try check(.removeAttribute, category, command)
        guard category.attributes.contains(where: { $0.name == name }) else { return [] }
        return [
            .attributeRemoved(
                CategoryAttributeRemoved(categoryID: id, name: name, by: command.actor, at: command.time)
            )
        ]
    }
}

extension ProductCategory {
    /// Takes over a definition, in the place of the one of that name if there is one.
    mutating func define(_ definition: AttributeDefinition) {
        if let index = attributes.firstIndex(where: { $0.name == definition.name }) {
            attributes[index] = definition
        } else {
            attributes.append(definition)
        }
    }
}

extension Sequence<[AttributeDefinition]> {
    /// The definitions, those of one name only where they come first.
    package var nearest: [AttributeDefinition] {
        var seen: Set<String> = []
        return flatMap { $0 }.filter { seen.insert($0.name).inserted }
    }
}
