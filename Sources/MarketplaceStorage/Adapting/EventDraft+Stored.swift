package import MarketplaceCore

extension EventDraft {
    private static let form: UInt8 = 1

    /// What an adapter keeps beside the payload and searches by nothing: the headers and the digest of the command.
    ///
    /// No bytes when there are neither.
    package var storedContext: [UInt8] {
        if commandDigest == nil, headers.isEmpty { return [] }
        var writer = BinaryWriter(form: Self.form)
        writer.write(commandDigest?.bits ?? 0)
        writer.write(headers.stored)
        return writer.bytes
    }

    /// Reads what ``storedContext`` wrote.
    package static func context(
        stored bytes: [UInt8]
    ) throws(BinaryFormatError) -> (headers: ContextHeaders, commandDigest: ContentDigest.Value?) {
        guard !bytes.isEmpty else { return (ContextHeaders(), nil) }
        return try BinaryReader.read(bytes, form: form) { (reader) throws(BinaryFormatError) in
            let bits = try reader.readUInt128()
            let headers = try ContextHeaders(stored: reader.readBytes())
            // A digest of all zeros, one in 2^128, is read as none: it would only not be checked.
            return (headers, bits == 0 ? nil : ContentDigest.Value(bits: bits))
        }
    }
}
