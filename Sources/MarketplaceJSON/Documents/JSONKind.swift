/// What a type of Swift is in JSON.
enum JSONKind {
    /// The kind of value in words, as in "expected a string"; nil for a type that says so itself.
    static func words(for type: Any.Type) -> String? {
        switch type {
        case is String.Type: "a string"
        case is Bool.Type: "true or false"
        case is any FixedWidthInteger.Type: "a whole number"
        case is any BinaryFloatingPoint.Type: "a number"
        case is [String: Any].Type: "an object"
        case is [Any].Type: "an array"
        default: nil
        }
    }

    /// An integer of a type in words, with its range.
    static func range<Integer: FixedWidthInteger>(of type: Integer.Type) -> String {
        "a whole number from \(type.min) to \(type.max)"
    }
}
