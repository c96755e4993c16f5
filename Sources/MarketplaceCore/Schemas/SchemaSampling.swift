/// A type whose decoding refuses made-up values, because its fields have to fit each other.
///
/// Its shape is still found by letting it decode itself; the sample stands in for the value that was refused.
public protocol SchemaSampling: Decodable {
    /// Some valid value; other numbers make other values where the type has them.
    static func schemaSample(_ number: Int) -> Self
}
