#if SQLite
import MarketplaceCore
import MarketplaceStorage

/// What a write must know of the document that is stored.
struct SQLiteDocumentState {
    let number: Int64
    let revision: DocumentRevision
    /// The index entries and the unique keys, each as they are stored: equal bytes need not be written again.
    let entries: [UInt8]
    let uniqueKeys: [UInt8]

    /// The stored form of index entries.
    static func stored(_ entries: [IndexEntry]) -> [UInt8] {
        guard !entries.isEmpty else { return [] }
        var writer = BinaryWriter()
        for entry in entries {
            writer.write(entry.index)
            writer.write(SQLiteIndexKey.bytes(of: entry.values))
        }
        return writer.bytes
    }

    /// The stored form of unique keys.
    static func stored(_ keys: [UniqueKey]) -> [UInt8] {
        guard !keys.isEmpty else { return [] }
        var writer = BinaryWriter()
        for key in keys { writer.write(key.text) }
        return writer.bytes
    }

    /// The names and the bytes of stored index entries.
    func readEntries() throws(SQLiteFailure) -> [(index: String, value: [UInt8])] {
        var reader = BinaryReader(entries)
        var found: [(index: String, value: [UInt8])] = []
        do throws(BinaryFormatError) {
            while !reader.isAtEnd { found.append((try reader.readString(), try reader.readBytes())) }
        } catch {
            throw .unreadable("stored index entries: \(error)")
        }
        return found
    }

    /// The texts of stored unique keys.
    func readUniqueKeys() throws(SQLiteFailure) -> [String] {
        var reader = BinaryReader(uniqueKeys)
        var found: [String] = []
        do throws(BinaryFormatError) {
            while !reader.isAtEnd { found.append(try reader.readString()) }
        } catch {
            throw .unreadable("stored unique keys: \(error)")
        }
        return found
    }
}
#endif
