extension CommitReceipt {
    private static let form: UInt8 = 1

    /// The receipt as bytes; the transaction's id is kept beside them.
    package var stored: [UInt8] {
        var writer = BinaryWriter(form: Self.form)
        writer.write(position.major)
        writer.write(position.minor)
        writer.write(UInt64(versions.count))
        for version in versions { writer.write(version.value) }
        writer.write(UInt64(revisions.count))
        for revision in revisions { writer.write(revision.value) }
        writer.write(UInt64(counters.count))
        for counter in counters { writer.write(counter) }
        return writer.bytes
    }

    /// Reads what ``stored`` wrote.
    package init(stored bytes: [UInt8], of transaction: TransactionID) throws(BinaryFormatError) {
        self = try BinaryReader.read(bytes, form: Self.form) { (reader) throws(BinaryFormatError) in
            let position = FeedPosition(major: try reader.readUInt64(), minor: try reader.readUInt64())
            var versions: [StreamVersion] = []
            for _ in 0..<(try reader.readCount()) { versions.append(StreamVersion(try reader.readInt64())) }
            var revisions: [DocumentRevision] = []
            for _ in 0..<(try reader.readCount()) { revisions.append(DocumentRevision(try reader.readInt64())) }
            var counters: [Int64] = []
            for _ in 0..<(try reader.readCount()) { counters.append(try reader.readInt64()) }
            return CommitReceipt(
                transaction: transaction,
                position: position,
                versions: versions,
                revisions: revisions,
                counters: counters
            )
        }
    }
}
