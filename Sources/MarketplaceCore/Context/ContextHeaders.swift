/// Opaque name-value pairs that travel with a command through events, messages and sagas.
///
/// The package reads none of them but copies them faithfully: correlation and causation ids, trace context, the
/// acting member. They are bounded, so that nothing a client sends can grow a stored event without limit.
public struct ContextHeaders: Sendable, Hashable {
    /// The headers of the work that is going on; empty outside of any.
    @TaskLocal public static var current = ContextHeaders()

    /// The most headers one set may have.
    public static let maximumCount = 32
    /// The most bytes of UTF-8 in a name.
    public static let maximumNameLength = 64
    /// The most bytes of UTF-8 in a value: room for a W3C `tracestate`, which has at most 512 characters, and more.
    public static let maximumValueLength = 1_024

    private var fields: [String: String]

    /// No headers.
    public init() {
        fields = [:]
    }

    /// Checks `fields` and makes them headers.
    public init(_ fields: [String: String]) throws(ContextHeadersError) {
        self.init()
        for (name, value) in fields { try set(name, to: value) }
    }

    /// Checks the pair and sets it, in place of an earlier value of that name.
    public mutating func set(_ name: String, to value: String) throws(ContextHeadersError) {
        guard !name.isEmpty, name.utf8.count <= Self.maximumNameLength else {
            throw .badName(name, maximumLength: Self.maximumNameLength)
        }
        guard value.utf8.count <= Self.maximumValueLength else {
            throw .valueTooLong(name: name, byteCount: value.utf8.count, maximum: Self.maximumValueLength)
        }
        guard fields[name] != nil || fields.count < Self.maximumCount else {
            throw .tooMany(maximum: Self.maximumCount)
        }
        fields[name] = value
    }

    /// Removes the header of that name, if there is one.
    public mutating func remove(_ name: String) {
        fields[name] = nil
    }

    /// The value of the header of that name.
    public subscript(name: String) -> String? { fields[name] }

    /// All pairs, in the order of their names.
    public var sorted: [(name: String, value: String)] {
        fields.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
    }

    /// Whether there are none.
    public var isEmpty: Bool { fields.isEmpty }

    /// How many there are.
    public var count: Int { fields.count }
}

extension ContextHeaders {
    /// The name under which the id of the whole conversation travels.
    public static let correlationName = "correlation-id"
    /// The name under which the id of what caused this travels.
    public static let causationName = "causation-id"
    /// The name under which W3C Trace Context travels.
    public static let traceparentName = "traceparent"
    /// The name under which the acting member travels.
    public static let actorName = "actor-id"
}

extension ContextHeaders: Codable {
    /// Reads an object of texts, and checks them.
    public init(from decoder: any Decoder) throws {
        self = try decoder.checkedValue { (fields: [String: String]) throws(ContextHeadersError) in
            try Self(fields)
        }
    }

    /// Writes an object of texts.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(fields)
    }
}
