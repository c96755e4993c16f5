import MarketplaceCore

/// Turns shapes into Avro, which defines each named type once and refers to it by its name from then on.
struct AvroWriter {
    private var defined: [String: ValueSchema] = [:]

    mutating func node(_ value: ValueSchema) -> AvroNode {
        switch value {
        case .boolean: return .name("boolean")
        case .integer(let bits): return .name(bits <= 32 ? "int" : "long")
        case .timestamp: return .logical(type: "long", meaning: "timestamp-micros")
        case .text(.uuid): return .logical(type: "string", meaning: "uuid")
        case .text: return .name("string")
        case .list(let element): return .array(of: node(element))
        case .map(let element): return .map(of: node(element))
        case .choice(let choice):
            guard choice.values.allSatisfy(Self.isName) else { return .name("string") }
            let (name, isNew) = define(choice.name, as: value)
            return isNew ? .enumeration(name: name, symbols: choice.values) : .name(name)
        case .record(let record):
            let (name, isNew) = define(record.name, as: value)
            return isNew ? self.record(record, name: name) : .name(name)
        }
    }

    mutating func record(
        _ record: RecordSchema,
        name: String,
        namespace: String? = nil,
        about: String? = nil
    ) -> AvroNode {
        var fields: [AvroNode.Field] = []
        for field in record.fields {
            let node = node(field.value)
            fields.append(
                AvroNode.Field(
                    name: field.name,
                    type: field.isOptional ? .optional(node) : node,
                    isOptional: field.isOptional
                )
            )
        }
        return .record(name: name, namespace: namespace, about: about, fields: fields)
    }

    /// The name of a type in Avro, and whether it was not defined yet; another type of the same name gets a number.
    private mutating func define(_ swiftName: String, as value: ValueSchema) -> (name: String, isNew: Bool) {
        let plain = String(swiftName.map { Self.isName(String($0)) || $0.isNumber ? $0 : "_" })
        var name = plain
        var number = 1
        while let known = defined[name] {
            if known == value { return (name, false) }
            number += 1
            name = "\(plain)_\(number)"
        }
        defined[name] = value
        return (name, true)
    }

    /// Whether a text is a name in Avro: letters, digits and underscores, no digit first.
    static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
        return text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
        }
    }
}
