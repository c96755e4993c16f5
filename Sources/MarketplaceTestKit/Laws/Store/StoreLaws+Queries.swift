import MarketplaceCore
import MarketplaceStorage

extension StoreLaws {
    /// Without an index, the documents of a collection come in the order of their ids.
    public static let idOrderIsBytewise = StoreLaw(
        "query.ids",
        "Without an index all documents of a collection come in the order of their ids, each once, in pages of any size."
    ) { probe in
        for id in ["c", "a", "d", "b", "e"] {
            let key = DocumentKey("law", try TextKey(id))
            try await probe.write(key, entries: [IndexEntry("i", .integer(1)), IndexEntry("i", .integer(2))])
        }
        for limit in 1...6 {
            let ids = try await probe.documents(.all(of: "law", limit: limit))
            try LawBreach.unlessEqual(ids, ["a", "b", "c", "d", "e"], "the ids in pages of \(limit)")
        }
        let none = try await probe.documents(.all(of: "unknown", limit: 3))
        try LawBreach.unlessEqual(none, [], "the documents of an unknown collection")
    }

    /// Along an index, documents come in the order of the values of their entries.
    public static let indexOrderIsByValues = StoreLaw(
        "query.index-order",
        "Along an index documents come by the values of their entries: numbers by size and before texts, texts by "
            + "their bytes, shorter entries first, ties by id."
    ) { probe in
        let ordered: [[IndexValue]] = [
            [], [.integer(.min)], [.integer(-1)], [.integer(0)], [.integer(0), .integer(5)],
            [.integer(0), .text("")], [.integer(9)], [.integer(10)], [.integer(.max)], [.text("")],
        ]
        let texts = bytewiseOrdered.map { [IndexValue.text($0)] }
        let all = ordered + texts
        // Ids in the opposite order show that they do not count, but for the tie at the end.
        for (place, values) in all.enumerated() {
            try await put(probe, id(all.count - place), values)
        }
        try await put(probe, id(0), texts[texts.count - 1])
        let expected = all.indices.dropLast().map { id(all.count - $0).text } + [id(0).text, id(1).text]
        let found = try await probe.documents(.indexed("law", by: "i", limit: 7))
        try LawBreach.unlessEqual(found, expected, "the ids by the index")
    }

    /// A prefix selects the entries that begin with it.
    public static let prefixesSelect = StoreLaw(
        "query.prefix",
        "A prefix selects the entries that begin with exactly these values."
    ) { probe in
        try await putGrid(probe)
        let query = { (prefix: [IndexValue]) in
            try await probe.documents(.indexed("law", by: "i", prefix: prefix, limit: 3))
        }
        try LawBreach.unlessEqual(try await query([.text("b")]), ["b1", "b2", "b3"], "the entries with b")
        try LawBreach.unlessEqual(try await query([.text("b"), .integer(2)]), ["b2"], "the entries with b, 2")
        try LawBreach.unlessEqual(try await query([.text("")]), [], "the entries with an empty text")
        try LawBreach.unlessEqual(try await query([.integer(1)]), [], "the entries with 1")
        let longer = try await query([.text("b"), .integer(2), .integer(0)])
        try LawBreach.unlessEqual(longer, [], "the entries with more values than there are")
    }

    /// Bounds select the entries whose next value lies within them.
    public static let boundsSelect = StoreLaw(
        "query.bounds",
        "Bounds select the entries whose value after the prefix lies within them, both ends included."
    ) { probe in
        try await putGrid(probe)
        func query(_ prefix: [IndexValue], _ lower: IndexValue?, _ upper: IndexValue?) async throws -> [String] {
            try await probe.documents(
                .indexed("law", by: "i", prefix: prefix, atLeast: lower, atMost: upper, limit: 2)
            )
        }
        let b: [IndexValue] = [.text("b")]
        try LawBreach.unlessEqual(try await query(b, .integer(2), nil), ["b2", "b3"], "b from 2")
        try LawBreach.unlessEqual(try await query(b, nil, .integer(2)), ["b1", "b2"], "b to 2")
        try LawBreach.unlessEqual(try await query(b, .integer(2), .integer(2)), ["b2"], "b from 2 to 2")
        try LawBreach.unlessEqual(try await query(b, .integer(3), .integer(2)), [], "b from 3 to 2")
        try LawBreach.unlessEqual(try await query(b, .text(""), nil), [], "b from the first text")
        try LawBreach.unlessEqual(try await query(b, nil, .text("")), ["b1", "b2", "b3"], "b to the first text")
        let both = try await query([], .text("a"), .text("b"))
        try LawBreach.unlessEqual(both, ["a1", "a2", "a3", "b1", "b2", "b3"], "from a to b")
        try LawBreach.unlessEqual(try await query([], .text("bb"), .text("c")), ["c1", "c2", "c3"], "from bb to c")
        let extremes = try await query(b, .integer(.min), .integer(.max))
        try LawBreach.unlessEqual(extremes, ["b1", "b2", "b3"], "b from the least to the greatest number")
    }

    /// Descending gives the same documents the other way round.
    public static let descendingReverses = StoreLaw(
        "query.descending",
        "A descending query gives exactly the documents of the ascending one, the other way round, ties too."
    ) { probe in
        try await putGrid(probe)
        try await put(probe, "b0", [.text("b"), .integer(2)])
        let ranges: [([IndexValue], IndexValue?, IndexValue?)] = [
            ([], nil, nil), ([.text("b")], nil, nil), ([.text("b")], .integer(2), nil),
            ([.text("b")], nil, .integer(2)), ([], .text("a"), .text("b")), ([.text("z")], nil, nil),
        ]
        for (prefix, lower, upper) in ranges {
            for limit in 1...5 {
                func query(_ isDescending: Bool) async throws -> [String] {
                    try await probe.documents(
                        .indexed(
                            "law",
                            by: "i",
                            prefix: prefix,
                            atLeast: lower,
                            atMost: upper,
                            descending: isDescending,
                            limit: limit
                        )
                    )
                }
                let ascending = try await query(false)
                let descending = try await query(true)
                try LawBreach.unlessEqual(descending, ascending.reversed(), "\(prefix) in pages of \(limit)")
            }
        }
    }

    /// Pages of any size give every document once, and the last page says that it is the last.
    public static let cursorsPage = StoreLaw(
        "query.cursors",
        "Pages of any size give every entry once, also among equal values; the page that ends the query has no cursor, "
            + "and a cursor stays good when the document it names is deleted."
    ) { probe in
        for number in 0..<8 { try await put(probe, id(number), [.integer(Int64(number / 4))]) }
        for isDescending in [false, true] {
            for limit in 1...9 {
                var query = DocumentQuery.indexed("law", by: "i", descending: isDescending, limit: limit)
                var ids: [String] = []
                var pages = 1
                while true {
                    let slice = try await probe.store.documents(matching: query)
                    ids += slice.documents.map(\.key.id.text)
                    guard let next = slice.next, pages <= 8 else { break }
                    query = query.continued(from: next)
                    pages += 1
                }
                let ascending = (0..<8).map { id($0).text }
                let expected = isDescending ? ascending.reversed() : ascending
                try LawBreach.unlessEqual(ids, expected, "the ids in pages of \(limit)")
                try LawBreach.unlessEqual(pages, (8 + limit - 1) / limit, "how many pages of \(limit) there are")
            }
        }
        let query = DocumentQuery.indexed("law", by: "i", limit: 3)
        let first = try await probe.store.documents(matching: query)
        guard let next = first.next else { throw LawBreach(expected: "a cursor after 3 of 8", found: "none") }
        try await probe.commit { $0.delete(DocumentKey("law", id(2))) }
        let rest = try await probe.documents(query.continued(from: next))
        try LawBreach.unlessEqual(rest, (3..<8).map { id($0).text }, "what follows the deleted document")
    }

    /// A document is found by each of its entries.
    public static let entriesAreSeveral = StoreLaw(
        "query.several-entries",
        "A document with several entries in an index is found by each of them; equal entries count once."
    ) { probe in
        let entries = [
            IndexEntry("i", .integer(1)), IndexEntry("i", .integer(3)), IndexEntry("i", .integer(3)),
            IndexEntry("j", .integer(9)),
        ]
        try await probe.write(DocumentKey("law", "a"), entries: entries)
        try await put(probe, "b", [.integer(2)])
        for limit in 1...4 {
            let ids = try await probe.documents(.indexed("law", by: "i", limit: limit))
            try LawBreach.unlessEqual(ids, ["a", "b", "a"], "the ids by i in pages of \(limit)")
        }
        let other = try await probe.documents(.indexed("law", by: "j", limit: 4))
        try LawBreach.unlessEqual(other, ["a"], "the ids by j")
    }

    /// The entries of a rewritten document replace the old ones; a deleted one is found no more.
    public static let rewritesReplaceEntries = StoreLaw(
        "query.rewritten",
        "The entries of a rewritten document replace its old ones, and a deleted document is found no more."
    ) { probe in
        let key = DocumentKey("law", "a")
        func found(_ value: Int64) async throws -> [String] {
            try await probe.documents(.indexed("law", by: "i", prefix: [.integer(value)], limit: 4))
        }
        try await probe.write(key, entries: [IndexEntry("i", .integer(1)), IndexEntry("i", .integer(2))])
        try await probe.write(key, [2], entries: [IndexEntry("i", .integer(2)), IndexEntry("i", .integer(3))])
        try LawBreach.unlessEqual(try await found(1), [], "the documents by the old entry")
        try LawBreach.unlessEqual(try await found(2), ["a"], "the documents by the entry that stayed")
        try LawBreach.unlessEqual(try await found(3), ["a"], "the documents by the new entry")
        let slice = try await probe.store.documents(matching: .indexed("law", by: "i", limit: 4))
        try LawBreach.unlessEqual(slice.documents.map(\.body), [[2], [2]], "the bodies")
        try await probe.commit { $0.delete(key) }
        for value: Int64 in 1...3 { try LawBreach.unlessEqual(try await found(value), [], "the deleted document") }
        let all = try await probe.documents(.all(of: "law", limit: 4))
        try LawBreach.unlessEqual(all, [], "all documents after the deletion")
        try await probe.write(key, entries: [])
        try LawBreach.unlessEqual(try await found(3), [], "the document written again without entries")
    }

    /// Collections do not meet.
    public static let collectionsAreApart = StoreLaw(
        "query.collections",
        "Documents of one id in two collections are two, and a query finds those of its own collection only."
    ) { probe in
        let collections: [DocumentCollection] = ["law", "law/x", "la", "Law"]
        for (number, collection) in collections.enumerated() {
            let key = DocumentKey(collection, "a")
            try await probe.write(key, [UInt8(number)], entries: [IndexEntry("i", .integer(1))])
        }
        try await probe.write(DocumentKey("la", "w/a"), [9])
        for (number, collection) in collections.enumerated() {
            let own = [UInt8(number)]
            let slice = try await probe.store.documents(matching: .indexed(collection, by: "i", limit: 9))
            try LawBreach.unlessEqual(slice.documents.map(\.body), [own], "the documents of \(collection) by i")
            let body = try await probe.store.document(DocumentKey(collection, "a"))?.body
            try LawBreach.unlessEqual(body, own, "the document of \(collection)")
            let count = try await probe.documents(.all(of: collection, limit: 9)).count
            try LawBreach.unlessEqual(count, collection == "la" ? 2 : 1, "how many documents \(collection) has")
        }
    }

    /// Indexes do not meet, whatever their names.
    public static let indexesAreApart = StoreLaw(
        "query.index-names",
        "Indexes are told apart by the bytes of their names, the empty one included, and none is the order of ids."
    ) { probe in
        let names = ["i", "I", "i ", "", "id", "\u{e9}", "e\u{301}"]
        for (number, name) in names.enumerated() {
            try await probe.write(
                DocumentKey("law", id(number)),
                entries: [IndexEntry(name, .integer(-Int64(number)))]
            )
        }
        for (number, name) in names.enumerated() {
            let ids = try await probe.documents(.indexed("law", by: name, limit: 9))
            try LawBreach.unlessEqual(ids, [id(number).text], "the documents by \(name.debugDescription)")
        }
        let all = try await probe.documents(.all(of: "law", limit: 9))
        try LawBreach.unlessEqual(all, names.indices.map { id($0).text }, "all documents by their ids")
    }

    private static func id(_ number: Int) -> TextKey<DocumentSubject> {
        TextKey(EventID(bits: UInt128(number)))
    }

    private static func put(_ probe: StoreProbe, _ id: TextKey<DocumentSubject>, _ values: [IndexValue]) async throws {
        try await probe.write(DocumentKey("law", id), entries: [IndexEntry("i", values: values)])
    }

    private static func putGrid(_ probe: StoreProbe) async throws {
        for letter in ["c", "a", "b"] {
            for number: Int64 in [2, 3, 1] {
                try await put(probe, try TextKey("\(letter)\(number)"), [.text(letter), .integer(number)])
            }
        }
    }
}
