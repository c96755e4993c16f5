/// One level of an Avro schema (Apache Avro 1.11).
indirect enum AvroNode: Encodable {
    /// A plain type or the name of one that was defined before.
    case name(String)
    /// A plain type with a meaning.
    case logical(type: String, meaning: String)
    case array(of: AvroNode)
    case map(of: AvroNode)
    case enumeration(name: String, symbols: [String])
    case record(name: String, namespace: String?, about: String?, fields: [Field])
    /// The value or nothing.
    case optional(AvroNode)

    struct Field: Encodable {
        let name: String
        let type: AvroNode
        let isOptional: Bool

        private enum CodingKeys: String, CodingKey {
            case name, type
            case fallback = "default"
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(name, forKey: .name)
            try container.encode(type, forKey: .type)
            if isOptional { try container.encodeNil(forKey: .fallback) }
        }
    }

    private enum CodingKeys: String, CodingKey {
        case type, logicalType, items, values, name, namespace, symbols, fields
        case about = "doc"
    }

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .name(let name):
            var container = encoder.singleValueContainer()
            try container.encode(name)
        case .optional(let node):
            var container = encoder.unkeyedContainer()
            try container.encode("null")
            try container.encode(node)
        case .logical(let type, let meaning):
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(type, forKey: .type)
            try container.encode(meaning, forKey: .logicalType)
        case .array(let element):
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode("array", forKey: .type)
            try container.encode(element, forKey: .items)
        case .map(let element):
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode("map", forKey: .type)
            try container.encode(element, forKey: .values)
        case .enumeration(let name, let symbols):
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode("enum", forKey: .type)
            try container.encode(name, forKey: .name)
            try container.encode(symbols, forKey: .symbols)
        case .record(let name, let namespace, let about, let fields):
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode("record", forKey: .type)
            try container.encode(name, forKey: .name)
            try container.encodeIfPresent(namespace, forKey: .namespace)
            try container.encodeIfPresent(about, forKey: .about)
            try container.encode(fields, forKey: .fields)
        }
    }
}
