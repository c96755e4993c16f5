/// Why the shape of a type's stored form could not be found.
public struct SchemaProbeError: EffectStating, Hashable {
    /// The field, as names from the outside in.
    public let path: [String]
    /// What stood in the way.
    public let reason: String

    /// An error of these parts.
    public init(path: [String], reason: String) {
        self.path = path
        self.reason = reason
    }

    /// Nothing was changed, and the same type will be refused again.
    public var effect: EffectOutcome { .refused }
}

extension SchemaProbeError: CustomStringConvertible {
    /// The field and the reason.
    public var description: String {
        let place = path.isEmpty ? "the value" : path.joined(separator: ".")
        return "the schema of \(place) is not known: \(reason)"
    }
}
