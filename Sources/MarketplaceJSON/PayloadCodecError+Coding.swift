import MarketplaceStorage

extension PayloadCodecError {
    /// What a coder of the standard library's `Codable` threw, with the path to the place.
    init(_ direction: Direction, value: Any.Type, error: any Error) {
        let context: (path: [any CodingKey], reason: String) =
            switch error {
            case DecodingError.typeMismatch(let type, let context):
                (context.codingPath, "\(type) expected; \(context.debugDescription)")
            case DecodingError.valueNotFound(let type, let context):
                (context.codingPath, "\(type) expected, but there is none")
            case DecodingError.keyNotFound(let key, let context):
                (context.codingPath + [key], "it is missing")
            case DecodingError.dataCorrupted(let context):
                (context.codingPath, context.debugDescription)
            case EncodingError.invalidValue(_, let context):
                (context.codingPath, context.debugDescription)
            default:
                ([], "\(error)")
            }
        self.init(direction, typeName: "\(value)", path: Self.text(of: context.path), reason: context.reason)
    }

    private static func text(of path: [any CodingKey]) -> String {
        var text = ""
        for key in path {
            if let index = key.intValue {
                text += "[\(index)]"
            } else {
                text += text.isEmpty ? key.stringValue : ".\(key.stringValue)"
            }
        }
        return text
    }
}
