import MarketplaceCore
import MarketplaceStorage

extension PostgresBatch {
    /// Takes in what the statements of a load answered.
    ///
    /// - Parameters:
    ///   - load: What was asked for.
    ///   - turns: The row of the statement that locks.
    ///   - answers: The rows of the statement that reads; none where nothing was to be read.
    ///   - retention: How long ids are remembered.
    ///   - registry: The numbers of namespaces and indexes.
    /// - Throws: ``PostgresFailure/Code/unreadable`` for what this release did not write;
    ///   ``PostgresFailure/Code/otherCluster`` when the turns must first go on behind what is stored.
    init(
        _ load: PostgresLoad,
        turns: PostgresRows,
        answers: PostgresRows,
        retention: Duration,
        registry: PostgresRegistry.Known
    ) throws(PostgresFailure) {
        let turn = try PostgresLoad.turn(in: turns)
        self.init(turn: turn, retention: retention, registry: registry)
        for row in 0..<answers.count {
            guard let part = PostgresLoad.Part(rawValue: Int(clamping: try answers.integer(0, of: row))) else {
                throw PostgresFailure(.unreadable, "an answer to what was not asked")
            }
            // `with ordinality` counts from 1.
            try take(part, answers, row, place: Int(clamping: try answers.integer(1, of: row)) - 1, of: load)
        }
    }

    private mutating func take(
        _ part: PostgresLoad.Part,
        _ rows: PostgresRows,
        _ row: Int,
        place: Int,
        of load: PostgresLoad
    ) throws(PostgresFailure) {
        switch part {
        case .receipts:
            let key = try Self.element(place, of: load.receipts)
            let bytes = try rows.bytes(5, of: row)
            receipts[key] = ReceiptSlot(
                digest: try rows.bits(4, of: row),
                receipt: try PostgresFailure.reading { () throws(BinaryFormatError) in
                    try ReceiptSlot.receipt(bytes, of: key.key)
                },
                due: try rows.integer(2, of: row)
            )
        case .streams:
            streams[try Self.element(place, of: load.streams)] = StreamSlot(
                id: try rows.integer(2, of: row),
                version: StreamVersion(try rows.integer(3, of: row))
            )
        case .documents:
            documents[try Self.element(place, of: load.documents)] = try Self.document(rows, row)
        case .uniques:
            uniques[try Self.element(place, of: load.uniques)] = UniqueSlot(
                holder: DocumentKey(
                    TextKey(unchecked: try rows.text(7, of: row)),
                    TextKey(unchecked: try rows.text(8, of: row))
                )
            )
        case .counters:
            counters[try Self.element(place, of: load.counters)] = Slot(value: try rows.integer(2, of: row))
        case .fences:
            let token = FencingToken(UInt64(bitPattern: try rows.integer(2, of: row)))
            fences[try Self.element(place, of: load.fences)] = Slot(value: token)
        }
    }

    private static func document(_ rows: PostgresRows, _ row: Int) throws(PostgresFailure) -> DocumentSlot {
        let state = PostgresDocumentState(
            number: try rows.integer(2, of: row),
            revision: DocumentRevision(try rows.integer(3, of: row)),
            entries: try rows.bytes(5, of: row)
        )
        let bytes = try rows.bytes(6, of: row)
        let keys = try PostgresFailure.reading { () throws(BinaryFormatError) in
            try StoredDocumentKeys.uniqueKeys(of: bytes)
        }
        return DocumentSlot(
            stored: state,
            number: state.number,
            revision: state.revision,
            uniqueKeys: keys.map { TextKey(unchecked: $0) }
        )
    }

    private static func element<Element>(
        _ place: Int,
        of list: PostgresLoad.Once<Element>
    ) throws(PostgresFailure) -> Element {
        guard list.elements.indices.contains(place) else {
            throw PostgresFailure(.unreadable, "an answer to what was not asked")
        }
        return list.elements[place]
    }
}
