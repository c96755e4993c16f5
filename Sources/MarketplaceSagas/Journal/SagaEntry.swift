import MarketplaceCore
import MarketplaceStorage

/// The stored form of journal entries: a form number, a count, and that many records, each a tag and its fields.
///
/// The form number changes when an older reader would misread a newer entry.
enum SagaEntry {
    /// The form that is written.
    static let form: UInt8 = 1
    /// The name of the event that holds an entry.
    static let eventName = "saga.entry"

    static func encode(_ records: [SagaRecord]) -> [UInt8] {
        var writer = BinaryWriter(form: form)
        writer.write(UInt64(records.count))
        for record in records { record.write(to: &writer) }
        return writer.bytes
    }

    /// The records of an entry.
    ///
    /// Whether the saga has the steps they name is for the journal to check.
    static func decode(_ bytes: [UInt8]) throws(BinaryFormatError) -> [SagaRecord] {
        try BinaryReader.read(bytes, form: form) { reader throws(BinaryFormatError) in
            let count = try reader.readCount()
            var records: [SagaRecord] = []
            records.reserveCapacity(count)
            for _ in 0..<count { records.append(try SagaRecord(from: &reader)) }
            return records
        }
    }
}
