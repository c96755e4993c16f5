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
    public internal(set) var status: SagaStatus
    /// When it began.
    public let startedAt: Timestamp
    /// When its status last changed.
    public internal(set) var changedAt: Timestamp
    /// The worker that drives it; empty when nobody does.
    public internal(set) var owner: String
    /// When it is to be looked at, while it waits; nil when only a signal can move it.
    public internal(set) var wakeAt: Timestamp?
    /// Why it was aborted or is stuck, in words.
    public internal(set) var reason: String
    /// Whether its journal is still there: it is trimmed away some time after the end.
    public internal(set) var hasJournal: Bool

    /// A digest of the input, by which a repeated start is told from one with another input.
    let inputDigest: ContentDigest.Value
}

extension SagaSummary {
    static let collection: DocumentCollection = "$saga"
    private static let form: UInt8 = 2

    /// The indexes that sagas are found by.
    enum Index {
        /// By status, and within one by when it changed.
        static let status = "status"
        /// By definition and status, and within them by when it changed.
        static let definition = "definition"
        /// Those that are on their way, by the worker that drives them.
        static let owner = "owner"
        /// Those that wait for a point in time, by that time.
        static let due = "due"
        /// Those that have ended and still have a journal, by when they ended.
        static let journal = "journal"
    }

    static func documentKey(definition: String, key: SagaKey) throws(TextKeyError) -> DocumentKey {
        DocumentKey(collection, try TextKey(validating: "\(definition)/\(key)"))
    }

    /// The document to write.
    func write(to document: DocumentKey, expecting expected: ExpectedRevision) -> DocumentWrite {
        var writer = BinaryWriter(form: Self.form, capacity: 128)
        writer.write(id.bits)
        writer.write(definition)
        writer.write(version)
        writer.write(key.text)
        writer.write(status.rawValue)
        writer.write(startedAt.microsecondsSinceEpoch)
        writer.write(changedAt.microsecondsSinceEpoch)
        writer.write(owner)
        writer.write(wakeAt)
        writer.write(reason)
        writer.write(UInt8(hasJournal ? 1 : 0))
        writer.write(inputDigest.bits)
        return DocumentWrite(document, body: writer.bytes, expecting: expected, indexEntries: indexEntries)
    }

    private var indexEntries: [IndexEntry] {
        var entries = [
            IndexEntry(Index.status, .text(status.rawValue), .time(changedAt)),
            IndexEntry(Index.definition, .text(definition), .text(status.rawValue), .time(changedAt)),
        ]
        switch status {
        case .running: entries.append(IndexEntry(Index.owner, .text(owner)))
        case .waiting: if let wakeAt { entries.append(IndexEntry(Index.due, .time(wakeAt))) }
        case .completed, .aborted: if hasJournal { entries.append(IndexEntry(Index.journal, .time(changedAt))) }
        case .stuck: break
        }
        return entries
    }

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
        owner = try reader.readString()
        wakeAt = try reader.readTimestamp()
        reason = try reader.readString()
        hasJournal = try reader.readByte() == 1
        inputDigest = ContentDigest.Value(bits: try reader.readUInt128())
    }
}
