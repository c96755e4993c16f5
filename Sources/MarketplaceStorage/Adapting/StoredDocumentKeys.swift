import MarketplaceCore

/// The index entries and the unique keys of a document, as a durable store keeps them beside its body.
///
/// Equal bytes are equal entries, so that a store can tell what need not be written again.
package enum StoredDocumentKeys {
    /// The bytes of index entries; none are no bytes.
    package static func bytes(of entries: [IndexEntry]) -> [UInt8] {
        guard !entries.isEmpty else { return [] }
        var writer = BinaryWriter()
        for entry in entries {
            writer.write(entry.index)
            writer.write(StoredIndexKey.bytes(of: entry.values))
        }
        return writer.bytes
    }

    /// The bytes of unique keys; none are no bytes.
    package static func bytes(of keys: [UniqueKey]) -> [UInt8] {
        guard !keys.isEmpty else { return [] }
        var writer = BinaryWriter()
        for key in keys { writer.write(key.text) }
        return writer.bytes
    }

    /// The names of the indexes, each with the bytes of its values.
    package static func entries(of bytes: [UInt8]) throws(BinaryFormatError) -> [(index: String, value: [UInt8])] {
        var reader = BinaryReader(bytes)
        var found: [(index: String, value: [UInt8])] = []
        while !reader.isAtEnd { found.append((try reader.readString(), try reader.readBytes())) }
        return found
    }

    /// The texts of unique keys.
    package static func uniqueKeys(of bytes: [UInt8]) throws(BinaryFormatError) -> [String] {
        var reader = BinaryReader(bytes)
        var found: [String] = []
        while !reader.isAtEnd { found.append(try reader.readString()) }
        return found
    }
}
