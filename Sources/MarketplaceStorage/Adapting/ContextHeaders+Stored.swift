package import MarketplaceCore

extension ContextHeaders {
    private static let form: UInt8 = 1

    /// The headers as bytes; none are no bytes.
    package var stored: [UInt8] {
        guard !isEmpty else { return [] }
        var writer = BinaryWriter(form: Self.form)
        writer.write(UInt64(count))
        for (name, value) in sorted {
            writer.write(name)
            writer.write(value)
        }
        return writer.bytes
    }

    /// Reads what ``stored`` wrote.
    package init(stored bytes: [UInt8]) throws(BinaryFormatError) {
        self.init()
        guard !bytes.isEmpty else { return }
        self = try BinaryReader.read(bytes, form: Self.form) { (reader) throws(BinaryFormatError) in
            var headers = ContextHeaders()
            for _ in 0..<(try reader.readCount()) {
                let (name, value) = (try reader.readString(), try reader.readString())
                do throws(ContextHeadersError) {
                    try headers.set(name, to: value)
                } catch {
                    throw reader.error("\(error)")
                }
            }
            return headers
        }
    }
}
