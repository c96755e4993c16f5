import ExampleSupport

/// The few forms of JSON Schema that the document needs.
enum SchemaPart {
    /// A schema that stands among the definitions.
    static func ref(_ name: String) -> OrderedJSON { ["$ref": .text("#/$defs/\(name)")] }

    /// A schema with a sentence that editors show.
    static func described(_ schema: OrderedJSON, _ words: String) -> OrderedJSON {
        guard case .object(let members) = schema else { return schema }
        return .object([.init("description", .text(words))] + members)
    }

    /// A text.
    static let text: OrderedJSON = ["type": "string"]

    /// A text of a form.
    static func text(_ pattern: String) -> OrderedJSON { ["type": "string", "pattern": .text(pattern)] }

    /// One of a few texts.
    static func words(_ words: [String]) -> OrderedJSON { ["enum": .array(words.map { .text($0) })] }

    /// One of the texts of an enumeration.
    static func words<Value: CaseIterable & RawRepresentable>(of type: Value.Type) -> OrderedJSON
    where Value.RawValue == String {
        words(type.allCases.map(\.rawValue))
    }

    /// A whole number within bounds.
    static func integer(from minimum: Int? = nil, to maximum: Int? = nil) -> OrderedJSON {
        var members: [OrderedJSON.Member] = [.init("type", "integer")]
        if let minimum { members.append(.init("minimum", .integer(minimum))) }
        if let maximum { members.append(.init("maximum", .integer(maximum))) }
        return .object(members)
    }

    /// True or false.
    static let flag: OrderedJSON = ["type": "boolean"]

    /// An array.
    static func array(of elements: OrderedJSON) -> OrderedJSON { ["type": "array", "items": elements] }

    /// An array with so many elements at least.
    static func array(of elements: OrderedJSON, atLeast count: Int) -> OrderedJSON {
        ["type": "array", "items": elements, "minItems": .integer(count)]
    }

    /// An object with texts under any keys.
    static let texts: OrderedJSON = ["type": "object", "additionalProperties": text]

    /// An object with these keys and no others.
    static func object(
        required: [String] = [],
        _ properties: KeyValuePairs<String, OrderedJSON>
    ) -> OrderedJSON {
        var members = [OrderedJSON.Member("type", "object")]
        members.append(.init("properties", .object(properties.map { .init($0.key, $0.value) })))
        if !required.isEmpty { members.append(.init("required", .array(required.map { .text($0) }))) }
        members.append(.init("additionalProperties", false))
        return .object(members)
    }

    /// An object with exactly one of these keys, besides those that it must have.
    static func oneKey(
        of properties: KeyValuePairs<String, OrderedJSON>,
        besides required: KeyValuePairs<String, OrderedJSON> = [:]
    ) -> OrderedJSON {
        let all = Array(required) + Array(properties)
        var members = [OrderedJSON.Member("type", "object")]
        members.append(.init("properties", .object(all.map { .init($0.key, $0.value) })))
        if !required.isEmpty { members.append(.init("required", .array(required.map { .text($0.key) }))) }
        members.append(.init("additionalProperties", false))
        members.append(.init("minProperties", .integer(required.count + 1)))
        members.append(.init("maxProperties", .integer(required.count + 1)))
        return .object(members)
    }

    /// What passes one of several schemas.
    static func any(_ schemas: OrderedJSON...) -> OrderedJSON { ["anyOf": .array(schemas)] }
}
