import MarketplaceCore
import MarketplaceStorage

extension StoreLaws {
    /// Texts of an index are compared as bytes, wherever a query names them.
    public static let indexTextsAreBytes = StoreLaw(
        "query.text-bytes",
        "Texts of an index are bytes in prefixes, bounds and cursors: composed, decomposed, cased and blank-ended "
            + "texts are told apart, also texts of 512 bytes that differ in the last."
    ) { probe in
        let long = String(repeating: "x", count: 511)
        let texts =
            bytewiseOrdered.filter { $0 < "x" || $0 > "x~" } + [
                "\u{212b}", "\u{c5}", "E", "%", "_%", "'", long + "a", long + "b",
            ]
        let sorted = texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        for (number, text) in sorted.enumerated() {
            // Ids in the opposite order show that they do not count.
            let key = DocumentKey("law", TextKey(EventID(bits: UInt128(1_000 - number))))
            try await probe.write(key, entries: [IndexEntry("i", .text(text), .integer(Int64(number)))])
        }
        func ids(_ places: some Sequence<Int>) -> [String] {
            places.map { "\(EventID(bits: UInt128(1_000 - $0)))" }
        }
        for (number, text) in sorted.enumerated() {
            let prefixed = try await probe.documents(.indexed("law", by: "i", prefix: [.text(text)], limit: 2))
            try LawBreach.unlessEqual(prefixed, ids([number]), "the documents with \(text.debugDescription)")
            let from = try await probe.documents(.indexed("law", by: "i", atLeast: .text(text), limit: 3))
            try LawBreach.unlessEqual(from, ids(number..<sorted.count), "the documents from \(text.debugDescription)")
            let upTo = try await probe.documents(
                .indexed("law", by: "i", atMost: .text(text), descending: true, limit: 3)
            )
            try LawBreach.unlessEqual(upTo, ids((0...number).reversed()), "those up to \(text.debugDescription)")
        }
    }

    /// Several entries of a document are paged like those of several documents, in both directions.
    public static let severalEntriesArePaged = StoreLaw(
        "query.several-entries-paged",
        "Documents with several entries come once for each that lies in the range, in pages of any size and in both "
            + "directions, also where a page ends among equal values."
    ) { probe in
        // Documents 0...3 with the values n, n + 1 and n + 2: most values are had by several documents.
        for number in 0..<4 {
            let entries = (number...(number + 2)).map { IndexEntry("i", .integer(Int64($0))) }
            try await probe.write(DocumentKey("law", TextKey(unchecked: "\(number)")), entries: entries)
        }
        let rows = (0...5).flatMap { value in (0..<4).filter { ($0...($0 + 2)).contains(value) }.map { (value, $0) } }
        for range in [0...5, 1...4, 2...2, 5...5, 6...9] {
            let expected = rows.filter { range.contains($0.0) }.map { "\($0.1)" }
            for limit in 1...(expected.count + 1) {
                for isDescending in [false, true] {
                    let found = try await probe.documents(
                        .indexed(
                            "law",
                            by: "i",
                            atLeast: .integer(Int64(range.lowerBound)),
                            atMost: .integer(Int64(range.upperBound)),
                            descending: isDescending,
                            limit: limit
                        )
                    )
                    let due = isDescending ? expected.reversed() : expected
                    try LawBreach.unlessEqual(found, due, "the documents of \(range) in pages of \(limit)")
                }
            }
        }
    }

    /// Pages go on while others write: what stays as it is comes exactly once.
    public static let pagesGoOnWhileOthersWrite = StoreLaw(
        "query.while-writing",
        "Who pages through documents while others are made, changed and deleted around the page finds each that stays "
            + "as it is exactly once and in order, by id and along an index."
    ) { probe in
        for index in [nil, "i"] {
            for isDescending in [false, true] where index != nil || !isDescending {
                for limit in 1...4 {
                    try await page(probe, by: index, isDescending: isDescending, limit: limit)
                }
            }
        }
    }

    /// Documents that stay have even numbers; what comes and goes has odd ones, on both sides of the page's end.
    private static func page(_ probe: StoreProbe, by index: String?, isDescending: Bool, limit: Int) async throws {
        let collection = try DocumentCollection("\(index ?? "id") \(isDescending) \(limit)")
        func key(_ number: Int) -> DocumentKey {
            DocumentKey(collection, TextKey(unchecked: "\(100 + number)"))
        }
        func entries(_ number: Int) -> [IndexEntry] { [IndexEntry("i", .integer(Int64(number / 4)))] }
        let stable = stride(from: 0, to: 24, by: 2).map { $0 }
        for number in stable { try await probe.write(key(number), entries: entries(number)) }
        for number in [1, 9, 17] { try await probe.write(key(number), entries: entries(number)) }
        var query =
            index.map { DocumentQuery.indexed(collection, by: $0, descending: isDescending, limit: limit) }
            ?? .all(of: collection, limit: limit)
        var found: [String] = []
        var round = 0
        while round < 200 {
            let slice = try await probe.store.documents(matching: query)
            found += slice.documents.map(\.key.id.text)
            guard let next = slice.next else { break }
            query = query.continued(from: next)
            let last = (Int(next.id.text) ?? 100) - 100
            let (near, far) = ((last + 1) | 1, (last * 7 + round * 5) % 24 | 1)
            try await probe.commit { transaction in
                transaction.write(DocumentWrite(key(near), body: [UInt8(round)], indexEntries: entries(near)))
                if far != near { transaction.delete(key(far)) }
                // The document the cursor names goes too, unless it is one that stays.
                if !last.isMultiple(of: 2), last != near, last != far { transaction.delete(key(last)) }
            }
            round += 1
        }
        let kept = found.filter { (Int($0) ?? 1).isMultiple(of: 2) }
        let expected = stable.map { "\(100 + $0)" }
        let due = isDescending ? expected.reversed() : expected
        try LawBreach.unlessEqual(kept, due, "the documents that stay, in pages of \(limit)")
        let order = isDescending ? found.reversed() : found
        try LawBreach.unless(order == order.sorted(), "documents in order", found: "\(found)")
        try LawBreach.unlessEqual(Set(found).count, found.count, "how many different documents were found")
    }
}
