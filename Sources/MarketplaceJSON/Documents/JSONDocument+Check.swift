extension JSONDocument {
    /// Checks the whole text: its size, its encoding, its grammar, its depth and its keys.
    static func check(_ bytes: [UInt8], limits: Limits) throws(JSONDocumentError) {
        guard bytes.count <= limits.maximumBytes else {
            throw JSONDocumentError(.tooLarge(byteCount: bytes.count, maximum: limits.maximumBytes))
        }
        try checkUTF8(bytes)
        var walker = JSONWalker(bytes, maximumDepth: limits.maximumDepth)
        do throws(JSONFault) {
            while try walker.next() != nil {}
        } catch {
            throw JSONDocumentError(error.problem, steps: walker.steps, position: Position(of: error.offset, in: bytes))
        }
    }

    /// The toolchain's decoder would guess UTF-16 and UTF-32 and look at the strings it is asked for only.
    private static func checkUTF8(_ bytes: [UInt8]) throws(JSONDocumentError) {
        guard String(validating: bytes, as: UTF8.self) == nil else { return }
        var offset = 0
        var parser = Unicode.UTF8.ForwardParser()
        var rest = bytes.makeIterator()
        while case .valid(let scalar) = parser.parseScalar(from: &rest) { offset += scalar.count }
        throw JSONDocumentError(.notUTF8, position: Position(of: offset, in: bytes))
    }
}
