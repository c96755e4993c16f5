public import MarketplaceCore
import MarketplaceStorage

/// What is kept of a saga beside its journal: enough to find it, to list it, and to know a repeated start.
public struct SagaSummary: Sendable, Hashable {
    /// The saga.
    public let id: SagaID
    /// The name of its definition.
    public let definition: String
    /// The version of its definition.
    public let version: Int
    /// Its business key.
    public let key: SagaKey
    /// What it is doing.
    public var status: SagaStatus
    /// When it began.
    public let startedAt: Timestamp
    /// When its status last changed.
    public var changedAt: Timestamp

    /// A digest of the input, by which a repeated start is told from one with another input.
    let inputDigest: ContentDigest.Value

    static let collection: DocumentCollection = "$saga"
    static let statusIndex = "status"
    static let form: UInt8 = 1

    static func documentKey(definition: String, key: SagaKey) throws(TextKeyError) -> DocumentKey {
        DocumentKey(collection, try TextKey(validating: "\(definition)/\(key)"))
    }

    /// The document to write.
    func write(to document: DocumentKey, expecting expected: ExpectedRevision) -> DocumentWrite {
        var writer = BinaryWriter(form: Self.form, capacity: 96)
        writer.write(id.bits)
        writer.write(definition)
        writer.write(version)
        writer.write(key.text)
        writer.write(status.rawValue)
        writer.write(startedAt.microsecondsSinceEpoch)
        writer.write(changedAt.microsecondsSinceEpoch)
        writer.write(inputDigest.bits)
        return DocumentWrite(
            document,
            body: writer.bytes,
            expecting: expected,
            indexEntries: [IndexEntry(Self.statusIndex, .text(status.rawValue), .time(changedAt))]
        )
    }
}

extension SagaSummary {
    /// Reads the summary that a document keeps.
    init(_ document: StoredDocument) throws(StoreError) {
        self = try document.read(form: Self.form) { reader throws(BinaryFormatError) in
            try SagaSummary(from: &reader)
        }
    }

    private init(from reader: inout BinaryReader) throws(BinaryFormatError) {
        id = SagaID(bits: try reader.readUInt128())
        definition = try reader.readString()
        version = try reader.readInt()
        guard let key = try? SagaKey(validating: try reader.readString()) else {
            throw reader.error("the key is not a key")
        }
        self.key = key
        guard let status = SagaStatus(rawValue: try reader.readString()) else {
            throw reader.error("the status is not known")
        }
        self.status = status
        startedAt = Timestamp(microsecondsSinceEpoch: try reader.readInt64())
        changedAt = Timestamp(microsecondsSinceEpoch: try reader.readInt64())
        inputDigest = ContentDigest.Value(bits: try reader.readUInt128())
    }
}
