/// An exact decimal number with a unit: `ProductMeasure(1_250, scale: 3, unit: "kg")` is 1.250 kg.
public struct ProductMeasure: Sendable, Hashable {
    /// The number without its decimal point.
    public let value: Int64
    /// How many of its digits stand behind the decimal point, 0...``maximumScale``.
    public let scale: Int
    /// The unit, such as `kg`; empty for a bare number.
    public let unit: String

    /// The most digits behind the decimal point: nano-units.
    public static let maximumScale = 9

    /// Makes a measure.
    public init(_ value: Int64, scale: Int = 0, unit: String = "") {
        self.value = value
        self.scale = scale
        self.unit = unit
    }
}
