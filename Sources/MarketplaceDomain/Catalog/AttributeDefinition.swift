import MarketplaceCore

/// What a category asks of an attribute of the products in it, and in all categories below it.
///
/// ```swift
/// let definition = AttributeDefinition.choice("Material", of: ["cotton", "wool"], isRequired: true)
/// ```
///
/// It holds for a product when that is put on sale, and when one that is on sale is changed; attributes that nothing is
/// defined of are free.
public struct AttributeDefinition: Sendable, Hashable, Codable {
    /// The type of an attribute's value.
    public enum ValueType: String, Sendable, Hashable, Codable, CaseIterable {
        /// Free text.
        case text
        /// A number, with the unit of the definition.
        case number
        /// Yes or no.
        case boolean
        /// One of the values of the definition.
        case choice
    }

    /// The most definitions of one category: as many attributes as a product has.
    public static let maximumPerCategory = 50
    /// The most values of a choice: what a filter panel can show with a search field of its own.
    public static let maximumValues = 200

    /// The most Unicode scalars of the names, units and values of one category's definitions together: they fit into one
    /// document of 1 MiB, whatever they say.
    public static let maximumTextPerCategory = 200_000

    /// The name of the attribute.
    public let name: String
    /// The type of its value.
    public let type: ValueType
    /// Whether every product must have it.
    public let isRequired: Bool
    /// The values of a choice, in the order of display; nil of other types.
    public let allowedValues: [String]?
    /// The unit of a number, empty for a bare one; nil of other types.
    public let unit: String?

    private init(
        _ name: String,
        _ type: ValueType,
        isRequired: Bool,
        allowedValues: [String]? = nil,
        unit: String? = nil
    ) {
        self.name = name
        self.type = type
        self.isRequired = isRequired
        self.allowedValues = allowedValues
        self.unit = unit
    }

    /// Free text.
    public static func text(_ name: String, isRequired: Bool = false) -> AttributeDefinition {
        AttributeDefinition(name, .text, isRequired: isRequired)
    }

    /// A number of that unit.
    public static func number(_ name: String, unit: String = "", isRequired: Bool = false) -> AttributeDefinition {
        AttributeDefinition(name, .number, isRequired: isRequired, unit: unit)
    }

    /// Yes or no.
    public static func boolean(_ name: String, isRequired: Bool = false) -> AttributeDefinition {
        AttributeDefinition(name, .boolean, isRequired: isRequired)
    }

    /// One of these values.
    public static func choice(
        _ name: String,
        of values: [String],
        isRequired: Bool = false
    ) -> AttributeDefinition {
        AttributeDefinition(name, .choice, isRequired: isRequired, allowedValues: values)
    }

    /// How many Unicode scalars its name, its unit and its values have together.
    var textLength: Int {
        (allowedValues ?? []).reduce(name.unicodeScalars.count + (unit ?? "").unicodeScalars.count) {
            $0 + $1.unicodeScalars.count
        }
    }

    /// What is wrong with it; nil when nothing is.
    var problem: AttributeDefinitionProblem? {
        if let problem = CatalogTextPart.attributeName.problem(of: name) { return .name(problem) }
        guard (type == .choice) == (allowedValues != nil), (type == .number) == (unit != nil) else {
            return .otherType(type)
        }
        if let unit, let problem = CatalogTextPart.unit.problem(of: unit) { return .unit(problem) }
        guard let allowedValues else { return nil }
        guard (1...Self.maximumValues).contains(allowedValues.count) else {
            return .values(count: allowedValues.count, maximum: Self.maximumValues)
        }
        var seen: Set<String> = []
        for value in allowedValues {
            if let problem = CatalogTextPart.attributeText.problem(of: value) { return .value(problem) }
            guard seen.insert(value).inserted else { return .repeatedValue(value) }
        }
        return nil
    }
}

/// What is wrong with a definition of an attribute.
public enum AttributeDefinitionProblem: Sendable, Hashable {
    /// The name is not what it should be.
    case name(CatalogTextProblem)
    /// The unit is not what it should be.
    case unit(CatalogTextProblem)
    /// A value is not what it should be.
    case value(CatalogTextProblem)
    /// A value stands twice among the values.
    case repeatedValue(String)
    /// A choice has no values, or too many.
    case values(count: Int, maximum: Int)
    /// A choice alone has values, and a number alone a unit.
    case otherType(AttributeDefinition.ValueType)
}

extension AttributeDefinitionProblem: CustomStringConvertible {
    /// What is wrong, in a sentence.
    public var description: String {
        switch self {
        case .name(let problem): "\(CatalogTextPart.attributeName.rawValue) \(problem)"
        case .unit(let problem): "\(CatalogTextPart.unit.rawValue) \(problem)"
        case .value(let problem): "\(CatalogTextPart.attributeText.rawValue) \(problem)"
        case .repeatedValue(let value): "\(value.excerpt) stands twice among the values"
        case .values(let count, let maximum): "a choice has 1 to \(maximum) values, not \(count)"
        case .otherType(let type): "a choice alone has values and a number alone a unit, this is a \(type.rawValue)"
        }
    }
}
