/// What a buyer chooses between, such as a colour with its values.
public struct ProductOption: Sendable, Hashable, Codable {
    /// The name, such as `Colour`; unique within the product.
    public let name: String
    /// What can be chosen, in the order of display; each once.
    public let values: [String]

    /// Makes an option.
    public init(_ name: String, values: [String]) {
        self.name = name
        self.values = values
    }
}
