#if SQLite
import MarketplaceCore
import MarketplaceStorage

extension SQLiteTransactionWriter {
    /// Appends the events and returns the version of each stream behind them.
    func writeEvents() throws(SQLiteFailure) -> [StreamVersion] {
        var versions: [StreamVersion] = []
        for append in transaction.appends { versions.append(try write(append)) }
        return versions
    }

    private func write(_ append: StreamAppend) throws(SQLiteFailure) -> StreamVersion {
        var stream = try stream(append.stream)
        let first = stream.version
        stream.version = first.advanced(by: append.events.count)
        if stream.id == 0 {
            try session.run(
                .insertStream,
                namespaceID,
                .text(append.stream.category.text),
                .text(append.stream.key.text),
                .integer(stream.version.value)
            )
            stream.id = session.handle.lastRowID
        } else {
            stream.isChanged = true
        }
        namespace.streams[append.stream] = stream
        let isJournal = append.stream.category.isJournal
        for (offset, draft) in append.events.enumerated() {
            namespace.position += 1
            try session.run(
                .insertEvent,
                namespaceID,
                .integer(isJournal ? 1 : 0),
                .text(append.stream.category.text),
                .integer(Int64(bitPattern: namespace.position)),
                .integer(stream.id),
                .integer(first.advanced(by: offset + 1).value),
                .bits(draft.id.bits),
                .bits(transaction.id.bits),
                .integer(transaction.time.microsecondsSinceEpoch),
                .text(draft.name),
                .integer(Int64(draft.schemaVersion)),
                draft.command.map { .text($0.text) } ?? .null,
                .bytes(draft.storedContext),
                .bytes(draft.payload)
            )
        }
        return stream.version
    }

    /// Shortens a stream.
    func write(_ trim: StreamTrim) throws(SQLiteFailure) {
        let stream = try stream(trim.stream)
        guard stream.id != 0 else { return }
        switch trim {
        case .before(let version, _):
            try session.run(.deleteEventsBefore, .integer(stream.id), .integer(version.value))
        case .whole:
            try session.run(.deleteEvents, .integer(stream.id))
            try session.run(.deleteStream, .integer(stream.id))
            namespace.streams[trim.stream] = SQLiteNamespaceBatch.Stream(id: 0, version: .none)
        }
    }
}
#endif
