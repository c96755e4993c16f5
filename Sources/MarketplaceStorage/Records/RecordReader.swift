import MarketplaceCore

/// Reads what a ``RecordWriter`` wrote.
///
/// Damaged bytes and forms of a newer release are typed errors.
package struct RecordReader {
    private let key: DocumentKey
    private let bytes: [UInt8]
    private var offset = 1

    /// Begins to read the record of a document, whose form must be of `version`.
    package init(_ document: StoredDocument, version: UInt8) throws(StoreError) {
        key = document.key
        bytes = document.body
        guard let found = bytes.first else { throw Self.unreadable(key, "it is empty") }
        guard found == version else { throw Self.unreadable(key, "its form is \(found), not \(version)") }
    }

    package mutating func read<Number: FixedWidthInteger>(_ type: Number.Type = Number.self) throws(StoreError)
        -> Number
    {
        let count = Number.bitWidth / 8
        guard bytes.count - offset >= count else { throw Self.unreadable(key, "it ends within a number") }
        var number: Number = 0
        for byte in bytes[offset..<(offset + count)] {
            number = number << 8 | Number(truncatingIfNeeded: byte)
        }
        offset += count
        return number
    }

    private static func unreadable(_ key: DocumentKey, _ reason: String) -> StoreError {
        .notApplied(StoreFailure(.unreadable, "document \(key): \(reason)"))
    }
}
