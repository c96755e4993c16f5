extension EventSchema {
    /// What breaks a reader of the previous version on what is written today, or a reader of today on what is stored.
    ///
    /// An optional field may be added, and an optional field that is no longer written may go. Everything else takes a
    /// new schema version and a reader for the old one (``EventCase/reading(_:version:_:)``). The rules are those of
    /// full compatibility in schema registries; a choice that grows counts as a break, because our own readers refuse
    /// a text they do not know.
    ///
    /// - Parameter previous: The schema of the same version as it was released.
    /// - Returns: The changes, in the order of the fields; empty when nobody breaks.
    public func breakingChanges(since previous: EventSchema) -> [SchemaChange] {
        Self.changes(from: .record(previous.record), to: .record(record), at: [name])
    }

    private static func changes(from old: ValueSchema, to new: ValueSchema, at path: [String]) -> [SchemaChange] {
        switch (old, new) {
        case (.record(let old), .record(let new)): return changes(from: old, to: new, at: path)
        case (.list(let old), .list(let new)): return changes(from: old, to: new, at: path + ["[]"])
        case (.map(let old), .map(let new)): return changes(from: old, to: new, at: path + ["{}"])
        case (.choice(let old), .choice(let new)):
            return new.values.filter { !old.values.contains($0) }.map {
                SchemaChange(path: path, kind: .addedChoice($0))
            }
                + old.values.filter { !new.values.contains($0) }.map {
                    SchemaChange(path: path, kind: .removedChoice($0))
                }
        default:
            guard old != new else { return [] }
            return [SchemaChange(path: path, kind: .changed(from: old.summary, to: new.summary))]
        }
    }

    private static func changes(from old: RecordSchema, to new: RecordSchema, at path: [String]) -> [SchemaChange] {
        var changes: [SchemaChange] = []
        for field in old.fields {
            let place = path + [field.name]
            guard let today = new.field(field.name) else {
                if !field.isOptional { changes.append(SchemaChange(path: place, kind: .removed)) }
                continue
            }
            if today.isOptional && !field.isOptional {
                changes.append(SchemaChange(path: place, kind: .becameOptional))
            }
            if field.isOptional && !today.isOptional {
                changes.append(SchemaChange(path: place, kind: .becameRequired))
            }
            changes += Self.changes(from: field.value, to: today.value, at: place)
        }
        for field in new.fields where !field.isOptional && old.field(field.name) == nil {
            changes.append(SchemaChange(path: path + [field.name], kind: .addedRequired))
        }
        return changes
    }
}

extension ValueSchema {
    /// The shape in a few words, for tables and messages.
    public var summary: String {
        switch self {
        case .boolean: "boolean"
        case .integer(let bits): "integer of \(bits) bits"
        case .text(.any): "text"
        case .text(let form): form.rawValue
        case .timestamp: "timestamp"
        case .list(let element): "list of \(element.summary)"
        case .map(let element): "map of \(element.summary)"
        case .choice(let choice): choice.values.joined(separator: " | ")
        case .record(let record): record.name
        }
    }
}
