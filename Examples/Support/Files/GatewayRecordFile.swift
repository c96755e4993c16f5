public import MarketplacePorts
public import MarketplaceStorage

/// The own record of a scripted gateway in a file, one line of JSON per entry, which a killed process leaves behind.
///
/// The next process hands it to `ScriptedPaymentGateway(_:seed:clock:resuming:)`, whose memory it is: as at a real
/// gateway, money that was moved stays moved.
public final class GatewayRecordFile: GatewayRecord {
    private let file: AppendOnlyRecordFile
    private let codec: any PayloadCodec

    /// Whether there were no entries when the file was opened.
    public let isNew: Bool

    /// Opens the record at `path`, or creates an empty one.
    ///
    /// - Parameters:
    ///   - path: Where the record is; its folder must exist.
    ///   - codec: Writes an entry as text without a line break, such as JSON.
    ///   - synchronizing: Whether every entry waits until the disk has it.
    /// - Throws: ``FileError`` when it cannot be opened or read, or when somebody else appends to it.
    public init(_ path: String, codec: any PayloadCodec, synchronizing: Bool = false) throws(FileError) {
        file = try AppendOnlyRecordFile(path, synchronizing: synchronizing)
        self.codec = codec
        isNew = try file.contents().lines.isEmpty
    }

    /// Appends an entry; when the call returns, a killed process does not lose it.
    public func append(_ entry: GatewayRecordEntry) throws(GatewayRecordError) {
        do {
            try file.append(String(decoding: try codec.encode(entry), as: UTF8.self))
        } catch {
            throw GatewayRecordError("\(error)")
        }
    }

    /// All entries, in the order in which they were appended.
    public func entries() throws(GatewayRecordError) -> [GatewayRecordEntry] {
        do {
            return try Self.entries(in: try file.contents(), codec: codec)
        } catch {
            throw GatewayRecordError("\(error)")
        }
    }

    /// Reads a record that somebody else may be appending to, and changes nothing.
    public static func read(_ path: String, codec: any PayloadCodec) throws -> [GatewayRecordEntry] {
        try entries(in: try AppendOnlyRecordFile.read(path), codec: codec)
    }

    private static func entries(
        in record: AppendOnlyRecord,
        codec: any PayloadCodec
    ) throws(PayloadCodecError) -> [GatewayRecordEntry] {
        var entries: [GatewayRecordEntry] = []
        entries.reserveCapacity(record.lines.count)
        for line in record.lines {
            entries.append(try codec.decode(GatewayRecordEntry.self, from: Array(line.utf8)))
        }
        return entries
    }
}
