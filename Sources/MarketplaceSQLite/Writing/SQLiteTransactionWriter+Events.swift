#if SQLite
import MarketplaceCore
import MarketplaceStorage

extension SQLiteTransactionWriter {
    /// Appends events to the stream at a place, which then is at `version`.
    func write(_ append: StreamAppend, at place: Int, upTo version: StreamVersion) throws(SQLiteFailure) {
        var stream = namespace.streams[place]
        let first = stream.version
        stream.version = version
        if stream.id == 0 {
            try session.run(.insertStream) {
                $0.integer(namespace.id)
                $0.text(append.stream.category.text)
                $0.text(append.stream.key.text)
                $0.integer(version.value)
            }
            stream.id = session.handle.lastRowID
        } else {
            stream.isChanged = true
        }
        namespace.streams[place] = stream
        for (offset, draft) in append.events.enumerated() {
            namespace.position += 1
            try insert(draft, in: append.stream, stream.id, at: first.advanced(by: offset + 1))
        }
    }

    private func insert(
        _ draft: EventDraft,
        in stream: StreamID,
        _ id: Int64,
        at version: StreamVersion
    ) throws(SQLiteFailure) {
        try session.run(.insertEvent) {
            $0.integer(namespace.id)
            $0.integer(stream.category.isJournal ? 1 : 0)
            $0.text(stream.category.text)
            $0.integer(Int64(bitPattern: namespace.position))
            $0.integer(id)
            $0.integer(version.value)
            $0.bits(draft.id.bits)
            $0.bits(transaction.id.bits)
            $0.integer(transaction.time.microsecondsSinceEpoch)
            $0.text(draft.name)
            $0.integer(Int64(draft.schemaVersion))
            if let command = draft.command { $0.text(command.text) } else { $0.null() }
            $0.bytes(draft.storedContext)
            $0.bytes(draft.payload)
        }
    }

    /// Shortens a stream.
    func write(_ trim: StreamTrim) throws(SQLiteFailure) {
        let place = try place(of: trim.stream)
        let id = namespace.streams[place].id
        guard id != 0 else { return }
        switch trim {
        case .before(let version, _):
            try session.run(.deleteEventsBefore) {
                $0.integer(id)
                $0.integer(version.value)
            }
        case .whole:
            try session.run(.deleteEvents) { $0.integer(id) }
            try session.run(.deleteStream) { $0.integer(id) }
            namespace.streams[place] = SQLiteNamespaceBatch.Stream(id: 0, version: .none)
        }
    }
}
#endif
