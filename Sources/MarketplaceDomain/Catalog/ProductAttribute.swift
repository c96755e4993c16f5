/// One fact of a product that buyers filter by, such as its material or its weight.
public struct ProductAttribute: Sendable, Hashable, Codable {
    /// The name, such as `Material`; unique within the product.
    public let name: String
    /// What it says.
    public let value: ProductAttributeValue

    /// Makes an attribute.
    public init(_ name: String, _ value: ProductAttributeValue) {
        self.name = name
        self.value = value
    }
}
