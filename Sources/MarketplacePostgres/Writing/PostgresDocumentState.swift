import MarketplaceStorage

/// What a batch has to know of a document that is stored.
struct PostgresDocumentState: Sendable {
    /// An index entry as it is stored: the number of the index, and the bytes of the values.
    struct Entry: Hashable, Sendable {
        let index: Int64
        let value: [UInt8]
    }

    let number: Int64
    let revision: DocumentRevision
    /// The index entries as they are stored: equal bytes need not be written again.
    let entries: [UInt8]

    /// The stored form of index entries.
    static func stored(_ entries: [Entry]) -> [UInt8] {
        guard !entries.isEmpty else { return [] }
        var writer = BinaryWriter()
        for entry in entries {
            writer.write(entry.index)
            writer.write(entry.value)
        }
        return writer.bytes
    }

    /// Reads what ``stored(_:)`` wrote.
    static func entries(of bytes: [UInt8]) throws(BinaryFormatError) -> [Entry] {
        var reader = BinaryReader(bytes)
        var found: [Entry] = []
        while !reader.isAtEnd { found.append(Entry(index: try reader.readInt64(), value: try reader.readBytes())) }
        return found
    }
}
