import MarketplaceCore

/// In which way the attributes of a product are not as its categories define them.
public enum AttributeViolation: Sendable, Hashable {
    /// An attribute that every product must have is not there.
    case missing(name: String)
    /// The value is of another type.
    case wrongType(name: String, expected: AttributeDefinition.ValueType, found: AttributeDefinition.ValueType)
    /// The value is none of those of the choice.
    case notAllowed(name: String, value: String)
    /// The number has another unit.
    case wrongUnit(name: String, expected: String, found: String)
}

extension AttributeViolation: CustomStringConvertible {
    /// The violation in a sentence.
    public var description: String {
        switch self {
        case .missing(let name): "the attribute \(name.excerpt) is missing"
        case .wrongType(let name, let expected, let found):
            "the attribute \(name.excerpt) is a \(expected.rawValue), not a \(found.rawValue)"
        case .notAllowed(let name, let value): "\(value.excerpt) is no value of the attribute \(name.excerpt)"
        case .wrongUnit(let name, let expected, let found):
            "the attribute \(name.excerpt) is given in “\(expected)”, not in “\(found)”"
        }
    }
}

extension Sequence<AttributeDefinition> {
    /// In which ways attributes are not as they are defined here, in the order of the definitions; each once.
    ///
    /// - Complexity: O(definitions × values + attributes).
    public func violations(by attributes: [ProductAttribute]) -> [AttributeViolation] {
        let values = Dictionary(attributes.map { ($0.name, $0.value) }) { first, _ in first }
        var violations: [AttributeViolation] = []
        for definition in self {
            guard let violation = definition.violation(by: values[definition.name]),
                !violations.contains(violation)
            else { continue }
            violations.append(violation)
        }
        return violations
    }
}

extension AttributeDefinition {
    /// In which way a value is not as it is defined; nil when it is.
    fileprivate func violation(by value: ProductAttributeValue?) -> AttributeViolation? {
        switch (type, value) {
        case (_, nil): isRequired ? .missing(name: name) : nil
        case (.text, .text), (.boolean, .boolean): nil
        case (.number, .number(let measure)):
            measure.unit == unit ?? ""
                ? nil : .wrongUnit(name: name, expected: unit ?? "", found: measure.unit)
        case (.choice, .choice(let choice)):
            allowedValues?.contains(choice) == true ? nil : .notAllowed(name: name, value: choice)
        case (_, let value?): .wrongType(name: name, expected: type, found: value.type)
        }
    }
}

extension ProductAttributeValue {
    /// Its type, as definitions name it.
    public var type: AttributeDefinition.ValueType {
        switch self {
        case .text: .text
        case .number: .number
        case .boolean: .boolean
        case .choice: .choice
        }
    }
}
