import MarketplaceCore

/// One level of a JSON Schema (draft 2020-12), as far as the shapes of stored values need it.
///
/// A class, because a level holds levels. `x-form` says what JSON Schema has no word for.
final class JSONSchemaNode: Codable {
    var schema: String?
    var id: String?
    var title: String?
    var type: String?
    var format: String?
    var form: String?
    var minLength: Int?
    var maxLength: Int?
    var choices: [String]?
    var items: JSONSchemaNode?
    var properties: [String: JSONSchemaNode]?
    var order: [String]?
    var required: [String]?
    var additionalProperties: JSONSchemaNode?
    var version: Int?

    enum CodingKeys: String, CodingKey {
        case schema = "$schema"
        case id = "$id"
        case title, type, format
        case form = "x-form"
        case minLength, maxLength
        case choices = "enum"
        case items, properties
        case order = "x-order"
        case required, additionalProperties
        case version = "x-version"
    }

    static let dialect = "https://json-schema.org/draft/2020-12/schema"

    init(type: String) {
        self.type = type
    }

    convenience init(_ value: ValueSchema) {
        switch value {
        case .boolean: self.init(type: "boolean")
        case .integer(let bits):
            self.init(type: "integer")
            format = "int\(bits)"
        case .timestamp:
            self.init(type: "integer")
            format = "int64"
            form = Self.timestampForm
        case .text(let textForm):
            self.init(type: "string")
            switch textForm {
            case .any: break
            case .uuid: format = textForm.rawValue
            case .key:
                form = textForm.rawValue
                (minLength, maxLength) = (1, SKU.maximumLength)
            case .currency, .ratio, .percentage: form = textForm.rawValue
            }
        case .list(let element):
            self.init(type: "array")
            items = JSONSchemaNode(element)
        case .map(let element):
            self.init(type: "object")
            additionalProperties = JSONSchemaNode(element)
        case .choice(let choice):
            self.init(type: "string")
            title = choice.name
            choices = choice.values
        case .record(let record):
            self.init(type: "object")
            title = record.name
            properties = Dictionary(uniqueKeysWithValues: record.fields.map { ($0.name, JSONSchemaNode($0.value)) })
            order = record.fields.map(\.name)
            required = record.fields.filter { !$0.isOptional }.map(\.name)
        }
    }

    static let timestampForm = "microseconds since 1970-01-01T00:00:00Z"
}

extension JSONSchemaNode {
    /// The shape that this level describes; nil when it is not one of ours.
    var value: ValueSchema? {
        switch type {
        case "boolean": return .boolean
        case "integer":
            if form == Self.timestampForm { return .timestamp }
            guard let format, format.hasPrefix("int"), let bits = Int(format.dropFirst(3)) else { return nil }
            return .integer(bits: bits)
        case "string":
            if let choices, let title { return .choice(ChoiceSchema(title, choices)) }
            guard let name = form ?? format else { return .text(.any) }
            return ValueSchema.TextForm(rawValue: name).map(ValueSchema.text)
        case "array": return items?.value.map(ValueSchema.list)
        case "object":
            if let additionalProperties { return additionalProperties.value.map(ValueSchema.map) }
            return record.map(ValueSchema.record)
        default: return nil
        }
    }

    var record: RecordSchema? {
        guard let title, let properties, let required else { return nil }
        let names = order ?? properties.keys.sorted()
        guard Set(names) == Set(properties.keys), names.count == properties.count else { return nil }
        var fields: [RecordSchema.Field] = []
        for name in names {
            guard let value = properties[name]?.value else { return nil }
            fields.append(RecordSchema.Field(name, value, isOptional: !required.contains(name)))
        }
        return RecordSchema(title, fields)
    }
}
