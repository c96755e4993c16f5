import MarketplaceCore
import MarketplaceStorage

extension StoreLaws {
    /// What exceeds the limits of `StoreLimits` is refused as invalid, and nothing of it is applied.
    public static let limitsAreKept = StoreLaw(
        "input.limits",
        "A transaction beyond the limits every store keeps is refused as invalid, and nothing of it is applied."
    ) { probe in
        let stream = StreamID("law", "a")
        let key = DocumentKey("law", "a")
        let tooLarge = [UInt8](repeating: 7, count: StoreLimits.payloadBytes + 1)
        func refuse(_ what: String, _ build: (inout Transaction) -> Void) async throws {
            let transaction = probe.transaction { transaction in
                transaction.add(1, to: "applied")
                build(&transaction)
            }
            try await probe.refuseInvalid(what) { _ = try await probe.store.commit(transaction) }
        }
        try await refuse("too many parts") { transaction in
            transaction.append(probe.drafts(StoreLimits.transactionParts), to: stream, expecting: .any)
        }
        try await refuse("a payload that is too large") { transaction in
            transaction.append([probe.draft(payload: tooLarge)], to: stream, expecting: .any)
        }
        try await refuse("a body that is too large") { $0.write(DocumentWrite(key, body: tooLarge)) }
        let entries = (0...StoreLimits.entriesPerDocument).map { IndexEntry("i", .integer(Int64($0))) }
        try await refuse("too many index entries") { $0.write(DocumentWrite(key, body: [], indexEntries: entries)) }
        let unique = try entries.indices.map { try UniqueKey("k\($0)") }
        try await refuse("too many unique keys") { $0.write(DocumentWrite(key, body: [], uniqueKeys: unique)) }
        for text in [String(repeating: "n", count: StoreLimits.textBytes + 1), "n\0"] {
            let name = "the name or text \(text.prefix(3).debugDescription) of \(text.utf8.count) bytes"
            try await refuse("\(name) of an event") {
                $0.append([probe.draft(text)], to: stream, expecting: .any)
            }
            for entry in [IndexEntry(text, .integer(1)), IndexEntry("i", .integer(1), .text(text))] {
                try await refuse("\(name) of an index") {
                    $0.write(DocumentWrite(key, body: [], indexEntries: [entry]))
                }
            }
        }
        try LawBreach.unlessEqual(try await probe.store.counter("applied"), 0, "how many of them were applied")
        try LawBreach.unlessEqual(try await probe.feed(), [], "the events of the feed")
        try LawBreach.unlessEqual(try await probe.store.document(key), nil, "the document")
    }

    /// A transaction that contradicts itself is refused as invalid.
    public static let contradictionsAreRefused = StoreLaw(
        "input.contradictions",
        "A transaction that names a stream, document or counter twice, or a floor above its ceiling, is invalid."
    ) { probe in
        let stream = StreamID("law", "a")
        let key = DocumentKey("law", "a")
        func refuse(_ what: String, _ build: (inout Transaction) -> Void) async throws {
            let transaction = probe.transaction { transaction in
                transaction.add(1, to: "applied")
                build(&transaction)
            }
            try await probe.refuseInvalid(what) { _ = try await probe.store.commit(transaction) }
        }
        try await refuse("two appends to a stream") { transaction in
            for _ in 1...2 { transaction.append(probe.drafts(1), to: stream, expecting: .any) }
        }
        try await refuse("two trims of a stream") { transaction in
            for _ in 1...2 { transaction.trim(.before(.first, of: stream)) }
        }
        try await refuse("an append to a stream that is trimmed away") { transaction in
            transaction.append(probe.drafts(1), to: stream, expecting: .any)
            transaction.trim(.whole(stream))
        }
        try await refuse("two writes of a document") { transaction in
            for _ in 1...2 { transaction.write(DocumentWrite(key, body: [])) }
        }
        try await refuse("a write and a deletion of a document") { transaction in
            transaction.write(DocumentWrite(key, body: []))
            transaction.delete(key)
        }
        try await refuse("an addition to a counter that is deleted") { transaction in
            transaction.add(1, to: "a")
            transaction.deleteCounter("a")
        }
        try await refuse("additions that do not fit 64 bits") { transaction in
            for _ in 1...2 { transaction.add(.max, to: "a") }
        }
        try await refuse("a floor above its ceiling") { $0.add(0, to: "a", floor: 2, ceiling: 1) }
        try LawBreach.unlessEqual(try await probe.store.counter("applied"), 0, "how many of them were applied")
        try LawBreach.unlessEqual(try await probe.feed(), [], "the events of the feed")
    }

    /// A page of no entries, or of more than the limit, is refused as invalid.
    public static let pageLimitsAreChecked = StoreLaw(
        "input.page-limits",
        "A read of no entries, of a negative number of them, or of more than the limit is refused as invalid."
    ) { probe in
        let tooMany = StoreLimits.pageSize + 1
        try await probe.append(to: StreamID("law", "a"))
        for limit in [0, -1, .min, tooMany, .max] {
            try await probe.refuseInvalid("\(limit) events of a stream") {
                _ = try await probe.store.events(in: StreamID("law", "a"), from: .first, limit: limit)
            }
            try await probe.refuseInvalid("\(limit) events of the feed") {
                _ = try await probe.store.events(after: .start, matching: .all, limit: limit)
            }
            try await probe.refuseInvalid("\(limit) documents") {
                _ = try await probe.store.documents(matching: .all(of: "law", limit: limit))
            }
        }
        let keys = try (0..<tooMany).map { try CounterKey("\($0)") }
        try await probe.refuseInvalid("\(tooMany) counters") { _ = try await probe.store.counters(keys) }
        try LawBreach.unlessEqual(try await probe.store.counters([]), [:], "no counters")
        let all = try await probe.store.counters(keys.dropLast())
        try LawBreach.unlessEqual(all.count, StoreLimits.pageSize, "as many counters as the limit")
    }

    /// Inputs exactly at the limits work.
    public static let largestInputsWork = StoreLaw(
        "input.largest",
        "Payloads and bodies of 1 MiB, keys of 512 bytes and transactions of 10,000 parts are applied and read back."
    ) { probe in
        let large = (0..<StoreLimits.payloadBytes).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let name = String(repeating: "é", count: StreamCategory.maximumLength / 2)
        let stream = StreamID(try TextKey(name), try TextKey(name))
        let key = DocumentKey(try TextKey(name), try TextKey(name))
        let counter = try CounterKey(name)
        let draft = probe.draft(payload: large)
        try await probe.commit { transaction in
            transaction.require(.fence(try TextKey(name), FencingToken(1)))
            transaction.append([draft], to: stream, expecting: .none)
            let entries = [IndexEntry("i", .text(name))]
            transaction.write(
                DocumentWrite(key, body: large, indexEntries: entries, uniqueKeys: [try TextKey(name)])
            )
            transaction.add(1, to: counter)
        }
        let isPayloadKept = try await probe.events(in: stream).first?.payload == large
        try LawBreach.unless(isPayloadKept, "the payload of 1 MiB", found: "another one")
        let isBodyKept = try await probe.store.document(key)?.body == large
        try LawBreach.unless(isBodyKept, "the body of 1 MiB", found: "another one")
        let byText = DocumentQuery.indexed(key.collection, by: "i", prefix: [.text(name)], limit: 1)
        for query in [byText, .all(of: key.collection, limit: 1)] {
            try LawBreach.unlessEqual(try await probe.documents(query), [name], "the document with the longest key")
        }
        try LawBreach.unlessEqual(try await probe.store.counter(counter), 1, "the counter with the longest key")
        let full = StreamID("law", "full")
        let receipt = try await probe.commit { transaction in
            transaction.append(probe.drafts(StoreLimits.transactionParts), to: full, expecting: .none)
        }
        let count = StoreLimits.transactionParts
        try LawBreach.unlessEqual(receipt.versions.map(\.value), [Int64(count)], "the version after 10,000 events")
        let read = try await probe.store.events(in: full, from: .first, limit: StoreLimits.pageSize)
        try LawBreach.unlessEqual(read.count, count, "how many events were read back")
    }

    /// Keys are compared as bytes: canonically equivalent texts are different keys.
    public static let keysAreBytes = StoreLaw(
        "key.bytes",
        "Keys are compared as bytes: composed and decomposed letters, cases and trailing blanks make other keys."
    ) { probe in
        let texts = ["\u{e9}", "e\u{301}", "e", "E", "e ", " e", "e/", "\u{212B}", "\u{c5}"]
        for (index, text) in texts.enumerated() {
            try await probe.commit { transaction in
                transaction.require(.fence(try TextKey(text), FencingToken(UInt64(texts.count - index))))
                transaction.append(probe.drafts(index + 1), to: StreamID("law", try TextKey(text)), expecting: .none)
                transaction.append(probe.drafts(1), to: StreamID(try TextKey(text), "a"), expecting: .none)
                transaction.write(
                    DocumentWrite(
                        DocumentKey("law", try TextKey(text)),
                        body: Array(text.utf8),
                        expecting: .absent,
                        uniqueKeys: [try TextKey(text)]
                    )
                )
                transaction.write(
                    DocumentWrite(DocumentKey(try TextKey(text), "a"), body: [UInt8(index)], expecting: .absent)
                )
                transaction.add(Int64(index) + 1, to: try TextKey(text), ceiling: Int64(index) + 1)
            }
        }
        for (index, text) in texts.enumerated() {
            let count = try await probe.events(in: StreamID("law", try TextKey(text))).count
            try LawBreach.unlessEqual(count, index + 1, "how many events the stream \(text.debugDescription) has")
            let body = try await probe.store.document(DocumentKey("law", try TextKey(text)))?.body
            try LawBreach.unlessEqual(body, Array(text.utf8), "the body of the document \(text.debugDescription)")
            let slice = try await probe.store.documents(matching: .all(of: try TextKey(text), limit: 9))
            let bodies = slice.documents.map(\.body)
            try LawBreach.unlessEqual(bodies, [[UInt8(index)]], "the documents of collection \(text.debugDescription)")
            let named = try await probe.feed(.categories([try TextKey(text)]))
            try LawBreach.unlessEqual(named.count, 1, "how many events the category \(text.debugDescription) has")
        }
        let keys = try texts.map { try CounterKey($0) }
        let values = try await probe.store.counters(keys)
        for (index, key) in keys.enumerated() {
            try LawBreach.unlessEqual(values[key], Int64(index) + 1, "the counter \(key.text.debugDescription)")
        }
    }

    /// Ids of documents are ordered as bytes.
    public static let keysAreOrderedBytewise = StoreLaw(
        "key.order",
        "Ids are ordered by their bytes of UTF-8, not by a language, and not by UTF-16."
    ) { probe in
        for id in bytewiseOrdered.reversed() { try await probe.write(DocumentKey("law", try TextKey(id))) }
        let ids = try await probe.documents(.all(of: "law", limit: 100))
        try LawBreach.unlessEqual(ids.map { Array($0.utf8) }, bytewiseOrdered.map { Array($0.utf8) }, "the ids")
    }

    /// Texts in the order of their bytes; other orders put letters of one kind together, or U+FF61 behind U+1F600.
    static let bytewiseOrdered = [
        "!", "-", "10", "9", "A", "Z", "_", "a", "a ", "a!", "ab", "b", "e\u{301}", "z", "\u{e9}", "\u{ff61}",
        "\u{1f600}",
    ]
}
