public import MarketplaceCore

/// Why a command to a category is refused.
public enum CategoryRejection: EffectStating, Hashable {
    /// There is no such category.
    case unknownCategory(CategoryID)
    /// The category exists with another name or elsewhere.
    case alreadyCreated(CategoryID)
    /// The name is not what it should be.
    case badName(CatalogTextProblem)
    /// What is asked of an attribute makes no sense.
    case badAttribute(name: String, AttributeDefinitionProblem)
    /// It asks something of as many attributes as it may.
    case tooManyAttributes(maximum: Int)
    /// What it defines of all attributes is too long.
    case attributesTooLong(count: Int, maximum: Int)
    /// There are as many categories as there may be.
    case tooManyCategories(maximum: Int)
    /// What it should stand under is out of use.
    case archivedParent(CategoryID)
    /// It would stand under itself, or under what stands below it.
    case cycle(CategoryID, under: CategoryID)
    /// The tree would be deeper than it may be.
    case tooDeep(levels: Int, maximum: Int)
    /// Somebody may not ask for that.
    case forbidden(CommandForbidden)
    /// The lifecycle does not allow it.
    case move(TransitionRefusal<CategoryStatus, CategoryMove, ActorRole>)

    /// Nothing was changed, and the same command will be refused again.
    public var effect: EffectOutcome { .refused }
}

extension CategoryRejection: CustomStringConvertible {
    /// The reason in a sentence.
    public var description: String {
        switch self {
        case .unknownCategory(let id): "there is no category \(id)"
        case .alreadyCreated(let id): "the category \(id) exists with another name or elsewhere"
        case .badName(let problem): "\(CatalogTextPart.categoryName.rawValue) \(problem)"
        case .badAttribute(let name, let problem): "the attribute \(name.excerpt): \(problem)"
        case .tooManyAttributes(let maximum): "a category defines at most \(maximum) attributes"
        case .attributesTooLong(let count, let maximum):
            "the definitions of a category have at most \(maximum) characters together, not \(count)"
        case .tooManyCategories(let maximum): "there are at most \(maximum) categories"
        case .archivedParent(let id): "the category \(id) is out of use"
        case .cycle(let id, let parent): "the category \(parent) is \(id) or stands below it"
        case .tooDeep(let levels, let maximum): "the tree has at most \(maximum) levels, not \(levels)"
        case .forbidden(let refusal): refusal.description
        case .move(let refusal): refusal.description
        }
    }
}
