/// The shape of a value with named fields.
public struct RecordSchema: Sendable, Hashable {
    /// One field.
    public struct Field: Sendable, Hashable {
        /// The name.
        public let name: String
        /// The shape of its value.
        public let value: ValueSchema
        /// Whether it may be left out.
        public let isOptional: Bool

        /// A field of these parts.
        public init(_ name: String, _ value: ValueSchema, isOptional: Bool = false) {
            self.name = name
            self.value = value
            self.isOptional = isOptional
        }
    }

    /// The name of the type.
    public let name: String
    /// The fields, in the order in which they are read.
    public let fields: [Field]

    /// A record of these fields.
    public init(_ name: String, _ fields: [Field]) {
        self.name = name
        self.fields = fields
    }

    /// The field of that name.
    public func field(_ name: String) -> Field? {
        fields.first { $0.name == name }
    }
}
