import MarketplaceCore

/// What the document of a job says: up to which due time everything is decided, and what runs.
struct JobRecord: Hashable, Sendable {
    /// The last due time that was claimed or left out; that and all before it are never claimed anew.
    var decidedThrough: Timestamp
    /// The run that was begun and has not ended as far as anybody has noted.
    var open: JobRunRecord?
    /// The number of the last run; 0 when there was none.
    var lastNumber: UInt64 = 0
    /// The lowest number that the history may still have.
    var oldestNumber: UInt64 = 1
    /// When the last run was claimed; nil when there was none.
    var lastStart: Timestamp?
    /// The fencing token of the last run's lease, by which its own server recognises the claim it has made.
    var token = FencingToken(0)
    /// The revision it was read at; nil while there is no document.
    var revision: DocumentRevision?

    private static let form: UInt8 = 1
    private static let collection: DocumentCollection = "$jobs"

    /// The most documents of the history that one transaction deletes.
    private static let trimLimit: UInt64 = 100

    /// The document of a job; nil when no server has ever looked at it.
    static func load(_ job: JobName, from store: any Store) async throws(StoreError) -> JobRecord? {
        guard let document = try await store.document(documentKey(of: job)) else { return nil }
        return try document.read(form: form) { reader throws(BinaryFormatError) in
            var record = JobRecord(decidedThrough: try reader.readTimestamp())
            record.lastNumber = try reader.readUInt64()
            record.oldestNumber = try reader.readUInt64()
            record.token = FencingToken(try reader.readUInt64())
            if try reader.readByte() != 0 { record.lastStart = try reader.readTimestamp() }
            if try reader.readByte() != 0 { record.open = try JobRunRecord(open: job, from: &reader) }
            record.revision = document.revision
            guard record.isPlausible else { throw reader.error("the numbers of the runs contradict each other") }
            return record
        }
    }

    /// The write that stores it, which expects what was read.
    func write(of job: JobName) -> DocumentWrite {
        var writer = BinaryWriter(form: Self.form)
        writer.write(decidedThrough.microsecondsSinceEpoch)
        writer.write(lastNumber)
        writer.write(oldestNumber)
        writer.write(token.value)
        writer.write(UInt8(lastStart == nil ? 0 : 1))
        if let lastStart { writer.write(lastStart.microsecondsSinceEpoch) }
        writer.write(UInt8(open == nil ? 0 : 1))
        open?.write(to: &writer)
        return DocumentWrite(
            Self.documentKey(of: job),
            body: writer.bytes,
            expecting: revision.map(ExpectedRevision.exactly) ?? .absent
        )
    }

    /// Whether numbers can be counted on from here without an overflow.
    private var isPlausible: Bool {
        lastNumber < UInt64(Int64.max) && oldestNumber >= 1 && oldestNumber <= lastNumber + 1
            && (open.map { $0.attempt >= 1 && $0.attempt < Int(Int32.max) } ?? true)
    }

    /// The record after a run has been begun.
    func beginning(_ run: JobRunRecord, with token: FencingToken) -> JobRecord {
        var next = self
        next.decidedThrough = max(decidedThrough, run.due)
        next.open = run
        next.lastNumber = run.number
        next.lastStart = run.startedAt
        next.token = token
        return next
    }

    /// Takes the numbers out of the history that it is not to keep.
    mutating func trim(to limit: Int) -> Range<UInt64> {
        let start = oldestNumber
        guard lastNumber > UInt64(limit) else { return start..<start }
        let end = min(lastNumber - UInt64(limit) + 1, start + Self.trimLimit)
        guard end > start else { return start..<start }
        oldestNumber = end
        return start..<end
    }

    private static func documentKey(of job: JobName) -> DocumentKey {
        DocumentKey(collection, job.retyped())
    }
}
