import MarketplaceCore
import MarketplaceStorage

extension StoreLaws {
    /// A write or a deletion is applied only to a document at the revision it expects.
    public static let expectedRevisionsAreChecked = StoreLaw(
        "document.expected-revision",
        "A write or a deletion is applied only when the document is at the revision it expects, or absent."
    ) { probe in
        let key = DocumentKey("law", "a")
        let absent = DocumentRevision(41)
        try await probe.refuse(as: .documentRevision(key, expected: absent, actual: nil)) {
            $0.write(DocumentWrite(key, body: [], expecting: .exactly(absent)))
        }
        try await probe.refuse(as: .documentRevision(key, expected: absent, actual: nil)) {
            $0.delete(key, expecting: .exactly(absent))
        }
        try await probe.commit { $0.delete(key, expecting: .absent) }
        try await probe.commit { $0.delete(key) }
        let first = try await probe.write(key, [1], expecting: .absent)
        try await probe.refuse(as: .documentRevision(key, expected: nil, actual: first)) {
            $0.write(DocumentWrite(key, body: [2], expecting: .absent))
        }
        let second = try await probe.write(key, [2], expecting: .exactly(first))
        for part in [ExpectedRevision.exactly(first), .absent] {
            try await probe.refuse(as: .documentRevision(key, expected: part.revision, actual: second)) {
                $0.write(DocumentWrite(key, body: [3], expecting: part))
            }
            try await probe.refuse(as: .documentRevision(key, expected: part.revision, actual: second)) {
                $0.delete(key, expecting: part)
            }
        }
        try await probe.write(key, [4], expecting: .any)
        try LawBreach.unlessEqual(try await probe.store.document(key)?.body, [4], "the body of the document")
        guard let last = try await probe.store.document(key)?.revision else {
            throw LawBreach(expected: "a document", found: "none")
        }
        try await probe.commit { $0.delete(key, expecting: .exactly(last)) }
        try LawBreach.unlessEqual(try await probe.store.document(key), nil, "the deleted document")
    }

    /// The revision of a document rises with every write, across deletions too.
    public static let revisionsNeverGoBack = StoreLaw(
        "document.revision-never-goes-back",
        "The revision of a document rises with every write, also when it was deleted in between."
    ) { probe in
        let key = DocumentKey("law", "a")
        var last = try await probe.write(key)
        for round in 1...6 {
            if round.isMultiple(of: 2) { try await probe.commit { $0.delete(key) } }
            let next = try await probe.write(key, [UInt8(round)])
            try LawBreach.unless(next > last, "a revision above \(last)", found: "\(next)")
            let stored = try await probe.store.document(key)
            try LawBreach.unlessEqual(stored?.revision, next, "the revision of the stored document")
            last = next
        }
    }

    /// A document is read as it was written, byte by byte.
    public static let documentsKeepTheirBytes = StoreLaw(
        "document.bytes",
        "A document is read as it was written, byte by byte, until it is written again."
    ) { probe in
        let key = DocumentKey("law", "a")
        try LawBreach.unlessEqual(try await probe.store.document(key), nil, "a document that was never written")
        for body: [UInt8] in [[], [0], Array(0...255), Array("é\u{0}\n\\x00'\"".utf8)] {
            let revision = try await probe.write(key, body)
            let expected = StoredDocument(key: key, revision: revision, body: body)
            try LawBreach.unlessEqual(try await probe.store.document(key), expected, "the document")
            let slice = try await probe.store.documents(matching: .all(of: "law", limit: 10))
            try LawBreach.unlessEqual(slice.documents, [expected], "the documents of the collection")
        }
    }

    /// A unique key that another document holds is refused.
    public static let uniqueKeysAreTaken = StoreLaw(
        "unique.taken",
        "A unique key that another document holds is refused, whatever the collections; its holder may keep it."
    ) { probe in
        let holder = DocumentKey("law", "holder")
        try await probe.write(holder, unique: ["k", "l"])
        for collection: DocumentCollection in ["law", "other"] {
            try await probe.refuse(as: .uniqueKey("l", holder: holder)) {
                $0.write(DocumentWrite(DocumentKey(collection, "b"), body: [], uniqueKeys: ["free", "l"]))
            }
        }
        try await probe.write(holder, [2], unique: ["k", "l"])
        try await probe.write(DocumentKey("law", "c"), unique: ["free"])
        // Two documents of one transaction cannot take the same key either.
        let (first, second) = (DocumentKey("law", "d"), DocumentKey("law", "e"))
        try await probe.refuse(as: .uniqueKey("both", holder: first)) { transaction in
            transaction.write(DocumentWrite(first, body: [], uniqueKeys: ["both"]))
            transaction.write(DocumentWrite(second, body: [], uniqueKeys: ["both"]))
        }
    }

    /// A unique key is free again once its holder was written without it or deleted.
    public static let uniqueKeysAreReleased = StoreLaw(
        "unique.released",
        "A unique key is free again once its holder was written without it or deleted, in the same transaction too."
    ) { probe in
        let keys = ["a", "b", "c", "d"].map { DocumentKey("law", $0) }
        try await probe.write(keys[0], unique: ["k"])
        try await probe.write(keys[0], unique: [])
        try await probe.write(keys[1], unique: ["k"])
        try await probe.commit { $0.delete(keys[1]) }
        try await probe.write(keys[2], unique: ["k"])
        try await probe.commit { transaction in
            transaction.write(DocumentWrite(keys[3], body: [], uniqueKeys: ["k"]))
            transaction.delete(keys[2])
        }
        try await probe.refuse(as: .uniqueKey("k", holder: keys[3])) {
            $0.write(DocumentWrite(keys[0], body: [], uniqueKeys: ["k"]))
        }
    }

    /// Two documents can exchange their unique keys in one transaction.
    public static let uniqueKeysCanBeExchanged = StoreLaw(
        "unique.exchanged",
        "Two documents can exchange their unique keys in one transaction."
    ) { probe in
        let (first, second) = (DocumentKey("law", "a"), DocumentKey("law", "b"))
        try await probe.write(first, unique: ["k"])
        try await probe.write(second, unique: ["l"])
        try await probe.commit { transaction in
            transaction.write(DocumentWrite(first, body: [], uniqueKeys: ["l"]))
            transaction.write(DocumentWrite(second, body: [], uniqueKeys: ["k"]))
        }
        for (unique, holder) in [("k" as UniqueKey, second), ("l", first)] {
            try await probe.refuse(as: .uniqueKey(unique, holder: holder)) {
                $0.write(DocumentWrite(DocumentKey("law", "c"), body: [], uniqueKeys: [unique]))
            }
        }
    }
}
