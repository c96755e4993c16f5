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

extension ProductMeasure: CustomStringConvertible {
    /// The decimal number and its unit, such as `1.250 kg`.
    public var description: String {
        // Not a measure that a product can have, but one that can be printed.
        guard (0...Self.maximumScale).contains(scale) else { return "\(value)·10^-(\(scale)) \(unit)" }
        let digits = String(value.magnitude)
        let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
        let number = scale == 0 ? padded : "\(padded.dropLast(scale)).\(padded.suffix(scale))"
        return (value < 0 ? "-" : "") + number + (unit.isEmpty ? "" : " \(unit)")
    }
}
