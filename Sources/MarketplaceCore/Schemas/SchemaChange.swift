/// A difference between two versions of a schema that breaks somebody.
public struct SchemaChange: Sendable, Hashable {
    /// What is different.
    public enum Kind: Sendable, Hashable {
        /// The field is no longer written: a reader of the previous version misses it.
        case removed
        /// The field became optional: a reader of the previous version may miss it.
        case becameOptional
        /// The field is required and was not written before: a reader of today misses it in what is stored.
        case addedRequired
        /// The field was optional and is required now: a reader of today may miss it in what is stored.
        case becameRequired
        /// The shape is another.
        case changed(from: String, to: String)
        /// A text to choose from is written that a reader of the previous version does not know.
        case addedChoice(String)
        /// A text to choose from that may be stored is not known any more.
        case removedChoice(String)
    }

    /// The field, as names from the outside in.
    public let path: [String]
    /// What is different.
    public let kind: Kind

    /// A change of these parts.
    public init(path: [String], kind: Kind) {
        self.path = path
        self.kind = kind
    }
}

extension SchemaChange: CustomStringConvertible {
    /// The change in a sentence.
    public var description: String {
        let place = path.joined(separator: ".")
        switch kind {
        case .removed: return "\(place) was removed"
        case .becameOptional: return "\(place) became optional"
        case .addedRequired: return "\(place) was added and is required"
        case .becameRequired: return "\(place) became required"
        case .changed(let from, let to): return "\(place) was \(from) and is \(to)"
        case .addedChoice(let text): return "\(place) can be “\(text)”, which it could not be"
        case .removedChoice(let text): return "\(place) cannot be “\(text)” any more"
        }
    }
}
