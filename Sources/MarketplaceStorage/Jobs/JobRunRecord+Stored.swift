import MarketplaceCore

extension JobRunRecord {
    private static let form: UInt8 = 1
    private static let collection: DocumentCollection = "$jobRuns"
    private static let index = "job"

    /// The query for the latest runs of a job, the latest first.
    static func latest(of job: JobName, limit: Int) -> DocumentQuery {
        .indexed(collection, by: index, prefix: [.text(job.text)], descending: true, limit: limit)
    }

    static func documentKey(of job: JobName, number: UInt64) -> DocumentKey {
        DocumentKey(collection, TextKey(unchecked: "\(job)/\(number)"))
    }

    /// The write that stores it: the document of the job, written in the same transaction, decides who may.
    var write: DocumentWrite {
        DocumentWrite(
            Self.documentKey(of: job, number: number),
            body: body,
            indexEntries: [IndexEntry(Self.index, .text(job.text), .integer(Int64(clamping: number)))]
        )
    }

    private var body: [UInt8] {
        var writer = BinaryWriter(form: Self.form)
        writer.write(job.text)
        write(to: &writer)
        switch end?.outcome {
        case nil: writer.write(UInt8(0))
        case .succeeded: writer.write(UInt8(1))
        case .failed: writer.write(UInt8(2))
        case .takenOver: writer.write(UInt8(3))
        case .abandoned: writer.write(UInt8(4))
        }
        if let end { writer.write(end.at.microsecondsSinceEpoch) }
        if case .failed(let reason) = end?.outcome { writer.write(reason) }
        return writer.bytes
    }

    init(_ document: StoredDocument) throws(StoreError) {
        self = try document.read(form: Self.form) { reader throws(BinaryFormatError) in
            let text = try reader.readString()
            let job: JobName
            do throws(TextKeyError) {
                job = try JobName(validating: text)
            } catch {
                throw reader.error("\(error)")
            }
            let run = try JobRunRecord(open: job, from: &reader)
            switch try reader.readByte() {
            case 0: return run
            case 1: return run.ended(.succeeded, at: try reader.readTimestamp())
            case 2:
                let time = try reader.readTimestamp()
                return run.ended(.failed(reason: try reader.readString()), at: time)
            case 3: return run.ended(.takenOver, at: try reader.readTimestamp())
            case 4: return run.ended(.abandoned, at: try reader.readTimestamp())
            case let other: throw reader.error("outcome \(other) is not known")
            }
        }
    }

    /// Writes what is known of a run that has not ended.
    func write(to writer: inout BinaryWriter) {
        writer.write(number)
        writer.write(due.microsecondsSinceEpoch)
        writer.write(attempt)
        writer.write(missedCount)
        writer.write(startedAt.microsecondsSinceEpoch)
    }

    /// Reads what ``write(to:)`` wrote.
    init(open job: JobName, from reader: inout BinaryReader) throws(BinaryFormatError) {
        self.init(
            job: job,
            number: try reader.readUInt64(),
            due: try reader.readTimestamp(),
            attempt: try reader.readInt(),
            missedCount: try reader.readInt(),
            startedAt: try reader.readTimestamp(),
            end: nil
        )
    }
}

extension BinaryReader {
    mutating func readTimestamp() throws(BinaryFormatError) -> Timestamp {
        Timestamp(microsecondsSinceEpoch: try readInt64())
    }
}
