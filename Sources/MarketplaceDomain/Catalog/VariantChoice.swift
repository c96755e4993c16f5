/// The value of one option that a variant stands for, such as `Colour`: `red`.
public struct VariantChoice: Sendable, Hashable, Codable {
    /// The name of the option.
    public let option: String
    /// The value.
    public let value: String

    /// Makes a choice.
    public init(_ option: String, _ value: String) {
        self.option = option
        self.value = value
    }
}
