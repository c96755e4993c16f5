/// What a probe has seen of one value: how the type decoded it.
final class SchemaRecorder {
    /// The shape, once the type has asked for it.
    var shape: Shape?
    /// How many samples were made so far, so that no two keys of a sample are the same.
    let numbers: SampleNumbers
    /// Where the value stands, as names from the outside in.
    let path: [String]

    init(path: [String], numbers: SampleNumbers) {
        self.path = path
        self.numbers = numbers
    }

    enum Shape {
        case value(ValueSchema)
        case fields([RecordSchema.Field])
        case map(ValueSchema?)
    }

    /// Counts samples.
    final class SampleNumbers {
        private var last = 0

        func next() -> Int {
            last += 1
            return last
        }
    }

    func record(_ field: RecordSchema.Field) {
        var fields: [RecordSchema.Field] = []
        if case .fields(let known)? = shape { fields = known }
        if !fields.contains(where: { $0.name == field.name }) { fields.append(field) }
        shape = .fields(fields)
    }

    func fail(_ reason: String) -> SchemaProbeError {
        SchemaProbeError(path: path, reason: reason)
    }

    /// Lets a type decode itself from a probe.
    ///
    /// - Returns: The value it made and the shape it asked for.
    func probe<Value: Decodable>(_ type: Value.Type, under name: String) throws -> (value: Value, schema: ValueSchema) {
        let path = self.path + [name]
        if let known = Self.known(type, numbers: numbers) { return known }
        guard path.count <= EventSchema.maximumDepth else {
            throw SchemaProbeError(path: path, reason: "it stands more than \(EventSchema.maximumDepth) levels deep")
        }
        let recorder = SchemaRecorder(path: path, numbers: numbers)
        let value: Value
        do {
            value = try Value(from: SchemaProbe(recorder))
        } catch let error as SchemaProbeError {
            throw error
        } catch {
            guard let sample = (type as? any SchemaSampling.Type)?.schemaSample(numbers.next()) as? Value else {
                throw SchemaProbeError(path: path, reason: "\(type) does not decode from a probe: \(error)")
            }
            value = sample
        }
        switch recorder.shape {
        case .value(let schema)?: return (value, schema)
        case .fields(let fields)?: return (value, .record(RecordSchema(Self.name(of: type), fields)))
        case .map(let element)?:
            guard let element else { throw SchemaProbeError(path: path, reason: "a map of unknown values") }
            return (value, .map(element))
        case nil: return (value, .record(RecordSchema(Self.name(of: type), [])))
        }
    }

    /// What says its shape itself, and texts to choose from.
    private static func known<Value: Decodable>(
        _ type: Value.Type,
        numbers: SampleNumbers
    ) -> (value: Value, schema: ValueSchema)? {
        if let stating = type as? any SchemaStating.Type,
            let value = stating.schemaSample(numbers.next()) as? Value
        {
            return (value, stating.schema)
        }
        if let plain = type as? any PlainlyStored.Type, let value = plain.plainSample(numbers.next()) as? Value {
            return (value, plain.plainSchema)
        }
        guard let choice = type as? any CaseIterable.Type else { return nil }
        return choices(choice, as: type)
    }

    private static func choices<Choice: CaseIterable, Value>(
        _ choice: Choice.Type,
        as type: Value.Type
    ) -> (value: Value, schema: ValueSchema)? {
        let texts = choice.allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
        guard texts.count == choice.allCases.count, let first = choice.allCases.first as? Value else { return nil }
        return (first, .choice(ChoiceSchema(name(of: type), texts)))
    }

    /// The name of a type without its module: `FrozenShares.Line`.
    ///
    /// What the compiler says of a private type's surroundings differs from build to build, and is left out.
    static func name<Value>(of type: Value.Type) -> String {
        var whole = String(reflecting: type)
        while let start = whole.firstIndex(of: "("), let end = whole[start...].firstIndex(of: ")") {
            let next = whole.index(after: end)
            let isFollowedByDot = next < whole.endIndex && whole[next] == "."
            whole.removeSubrange(start..<(isFollowedByDot ? whole.index(after: next) : next))
        }
        guard let dot = whole.firstIndex(of: ".") else { return whole }
        return String(whole[whole.index(after: dot)...])
    }
}
