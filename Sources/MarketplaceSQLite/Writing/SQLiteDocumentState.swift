#if SQLite
import MarketplaceStorage

/// What a write must know of the document that is stored.
struct SQLiteDocumentState {
    let number: Int64
    let revision: DocumentRevision
    /// The index entries and the unique keys, each as they are stored: equal bytes need not be written again.
    let entries: [UInt8]
    let uniqueKeys: [UInt8]

    /// The names and the bytes of stored index entries.
    func readEntries() throws(SQLiteFailure) -> [(index: String, value: [UInt8])] {
        try SQLiteFailure.reading { () throws(BinaryFormatError) in try StoredDocumentKeys.entries(of: entries) }
    }

    /// The texts of stored unique keys.
    func readUniqueKeys() throws(SQLiteFailure) -> [String] {
        try SQLiteFailure.reading { () throws(BinaryFormatError) in try StoredDocumentKeys.uniqueKeys(of: uniqueKeys) }
    }
}
#endif
