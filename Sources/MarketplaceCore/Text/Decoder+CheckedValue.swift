extension Decoder {
    /// Decodes one plain value and makes a checked one of it; a failed check is a decoding error in its words.
    func checkedValue<Plain: Decodable, Value, Failure: Error & CustomStringConvertible>(
        _ check: (Plain) throws(Failure) -> Value
    ) throws -> Value {
        let container = try singleValueContainer()
        let plain = try container.decode(Plain.self)
        do throws(Failure) {
            return try check(plain)
        } catch {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
        }
    }
}
