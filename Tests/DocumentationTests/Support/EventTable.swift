import Marketplace

/// The events on the feed and the values in them, as tables.
struct EventTable {
    /// A type that two events describe differently.
    struct Ambiguous: Error {
        let name: String
    }

    /// A row for each kind of event.
    let events: String
    /// A row for each type with fields, and for each text to choose from.
    let values: String

    init(_ published: [PublishedEvent]) throws {
        var rows = ["| Event | Stream | Version | Fields |", "|---|---|---|---|"]
        var types: [String: String] = [:]
        for event in published {
            let schema = try event.schema
            let fields = Self.fields(of: schema.record)
            rows.append("| \(event.name) | \(event.category) | \(event.version) | \(fields) |")
            for field in schema.record.fields { try Self.collect(field.value, into: &types) }
        }
        events = Self.text(rows)
        let sorted = types.sorted { $0.key < $1.key }.map { "| \($0.key) | \($0.value) |" }
        values = Self.text(["| Value | Fields, or the texts it is one of |", "|---|---|"] + sorted)
    }

    private static func text(_ rows: [String]) -> String { rows.map { $0 + "\n" }.joined() }

    private static func fields(of record: RecordSchema) -> String {
        record.fields.map { "\($0.name)\($0.isOptional ? "?" : ""): \(word(for: $0.value))" }.joined(separator: ", ")
    }

    private static func word(for value: ValueSchema) -> String {
        switch value {
        case .list(let element): "list of \(word(for: element))"
        case .map(let element): "map of \(word(for: element))"
        case .choice(let choice): choice.name
        default: value.summary
        }
    }

    private static func collect(_ value: ValueSchema, into types: inout [String: String]) throws {
        switch value {
        case .list(let element), .map(let element): try collect(element, into: &types)
        case .choice(let choice): try add(choice.name, choice.values.joined(separator: ", "), to: &types)
        case .record(let record):
            try add(record.name, fields(of: record), to: &types)
            for field in record.fields { try collect(field.value, into: &types) }
        case .boolean, .integer, .text, .timestamp: break
        }
    }

    private static func add(_ name: String, _ text: String, to types: inout [String: String]) throws {
        guard types.updateValue(text, forKey: name) ?? text == text else { throw Ambiguous(name: name) }
    }
}
