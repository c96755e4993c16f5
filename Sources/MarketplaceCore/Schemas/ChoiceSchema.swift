/// The shape of a value that is one of several texts.
public struct ChoiceSchema: Sendable, Hashable {
    /// The name of the type.
    public let name: String
    /// The texts, in the order of the type.
    public let values: [String]

    /// A choice of these texts.
    public init(_ name: String, _ values: [String]) {
        self.name = name
        self.values = values
    }
}
