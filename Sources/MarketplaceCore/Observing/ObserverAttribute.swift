/// One fact of an ``ObserverEvent``.
public struct ObserverAttribute: Sendable, Hashable {
    /// The value of an attribute.
    public enum Value: Sendable, Hashable {
        /// A text.
        case text(String)
        /// A whole number.
        case integer(Int64)
        /// A length of time.
        case duration(Duration)
    }

    /// The stable name.
    public let name: String
    /// The value.
    public let value: Value
    /// Whether the value is one of few, so that it can label a metric.
    public let isLabel: Bool

    /// A fact with many possible values, for logs and spans.
    public static func field(_ name: String, _ value: Value) -> ObserverAttribute {
        ObserverAttribute(name: name, value: value, isLabel: false)
    }

    /// A fact with few possible values, which can label a metric.
    public static func label(_ name: String, _ text: String) -> ObserverAttribute {
        ObserverAttribute(name: name, value: .text(text), isLabel: true)
    }
}

extension ObserverAttribute.Value: CustomStringConvertible {
    /// The bare value, as a log line or a metric's label wants it.
    public var description: String {
        switch self {
        case .text(let text): text
        case .integer(let number): String(number)
        case .duration(let duration): "\(duration)"
        }
    }
}
