import MarketplaceCore
import MarketplaceStorage

extension StoreLaws {
    /// Committing the same transaction again returns the first receipt and changes nothing.
    public static let repetitionReturnsTheFirstReceipt = StoreLaw(
        "idempotence.same-content",
        "Committing the same transaction again returns the first receipt and changes nothing."
    ) { probe in
        let stream = StreamID("law", "a")
        let key = DocumentKey("law", "a")
        let transaction = probe.transaction { transaction in
            transaction.append(probe.drafts(2), to: stream, expecting: .none)
            transaction.write(DocumentWrite(key, body: [1], expecting: .absent, uniqueKeys: ["k"]))
            transaction.add(1, to: "a", ceiling: 1)
        }
        let first = try await probe.store.commit(transaction)
        for _ in 1...3 {
            let again = try await probe.store.commit(transaction)
            try LawBreach.unlessEqual(again, first, "the first receipt")
        }
        try LawBreach.unlessEqual(try await probe.events(in: stream).count, 2, "how many events the stream has")
        try LawBreach.unlessEqual(try await probe.feed().count, 2, "how many events the feed has")
        try LawBreach.unlessEqual(try await probe.store.counter("a"), 1, "the counter")
        let revision = try await probe.store.document(key)?.revision
        try LawBreach.unlessEqual(revision, first.revisions.first, "the revision of the document")
    }

    /// A repetition is recognised after other commits have changed what the transaction touched.
    public static let repetitionIsRecognisedLater = StoreLaw(
        "idempotence.after-other-commits",
        "A repetition is recognised after other commits have changed, or deleted, what the transaction touched."
    ) { probe in
        let stream = StreamID("law", "a")
        let key = DocumentKey("law", "a")
        let transaction = probe.transaction { transaction in
            transaction.require(.fence("a", FencingToken(1)))
            transaction.append(probe.drafts(1), to: stream, expecting: .none)
            transaction.write(DocumentWrite(key, body: [1], expecting: .absent))
            transaction.add(1, to: "a", ceiling: 1)
        }
        let first = try await probe.store.commit(transaction)
        try await probe.commit { transaction in
            transaction.require(.fence("a", FencingToken(2)))
            transaction.append(probe.drafts(1), to: stream, expecting: .exactly(.first))
            transaction.delete(key)
            transaction.deleteCounter("a")
        }
        for _ in 1...100 { try await probe.append(to: StreamID("law", "b")) }
        let again = try await probe.store.commit(transaction)
        try LawBreach.unlessEqual(again, first, "the first receipt")
        try LawBreach.unlessEqual(try await probe.events(in: stream).count, 2, "how many events the stream has")
        try LawBreach.unlessEqual(try await probe.store.document(key), nil, "the deleted document")
        try LawBreach.unlessEqual(try await probe.store.counter("a"), 0, "the deleted counter")
    }

    /// A repetition makes nothing anew, though the state would take it as it takes a new transaction.
    public static let repetitionMakesNothingAnew = StoreLaw(
        "idempotence.nothing-anew",
        "A document that a transaction made, and that was deleted since, does not come back when it is repeated."
    ) { probe in
        let key = DocumentKey("law", "a")
        let transaction = probe.transaction { transaction in
            transaction.write(
                DocumentWrite(key, body: [1], expecting: .absent, indexEntries: [IndexEntry("law", .text("a"))])
            )
            transaction.add(1, to: "a")
        }
        let first = try await probe.store.commit(transaction)
        try await probe.commit { transaction in transaction.delete(key) }
        try LawBreach.unlessEqual(try await probe.store.commit(transaction), first, "the first receipt")
        try LawBreach.unlessEqual(try await probe.store.document(key), nil, "the deleted document")
        let found = try await probe.store.documents(matching: .indexed("law", by: "law", limit: 10)).documents
        try LawBreach.unlessEqual(found.map(\.key), [], "the documents that the index finds")
        try LawBreach.unlessEqual(try await probe.store.counter("a"), 1, "the counter")
        var other = Transaction(id: transaction.id, time: transaction.time)
        other.write(DocumentWrite(key, body: [3], expecting: .absent))
        try await probe.refuse(other, as: .transactionReused(transaction.id))
        try LawBreach.unlessEqual(try await probe.store.document(key), nil, "the document of other content")
        let anew = try await probe.commit { transaction in
            transaction.write(DocumentWrite(key, body: [2], expecting: .absent))
        }
        let body = try await probe.store.document(key)?.body
        try LawBreach.unlessEqual(body, [2], "the document of a new transaction, \(anew.revisions)")
    }

    /// A transaction that need not be remembered is applied once all the same, because of the version it expects.
    public static let unrememberedAppliesOnce = StoreLaw(
        "idempotence.unremembered",
        "A transaction that need not be remembered is applied once, and its first event tells that it was."
    ) { probe in
        let stream = StreamID("law", "a")
        let drafts = probe.drafts(2)
        let transaction = probe.transaction(isRemembered: false) { transaction in
            transaction.append(drafts, to: stream, expecting: .none)
            transaction.add(1, to: "a")
        }
        _ = try await probe.store.commit(transaction)
        do {
            _ = try await probe.store.commit(transaction)
        } catch let error as StoreError {
            // A store that remembers it all the same returns the first receipt; one that does not refuses.
            let actual = StreamVersion.none.advanced(by: 2)
            let refusal = StoreError.conflict(.streamVersion(stream, expected: .none, actual: actual))
            try LawBreach.unlessEqual(error, refusal, "the refusal of the repetition")
        }
        try LawBreach.unlessEqual(try await probe.events(in: stream).map(\.id), drafts.map(\.id), "the events")
        try LawBreach.unlessEqual(try await probe.store.counter("a"), 1, "the counter")
    }

    /// One transaction committed by many tasks at once is applied once.
    public static let repetitionsAtOnceApplyOnce = StoreLaw(
        "idempotence.at-once",
        "One transaction that many tasks commit at once is applied once, and all of them get one receipt."
    ) { probe in
        for round in 1...20 {
            let stream = StreamID("law", "a")
            let transaction = probe.transaction { transaction in
                transaction.append(probe.drafts(1), to: stream, expecting: .any)
                transaction.add(1, to: "a")
            }
            let receipts = try await withThrowingTaskGroup(of: CommitReceipt.self) { group in
                for _ in 0..<16 { group.addTask { try await probe.store.commit(transaction) } }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            try LawBreach.unlessEqual(receipts.count, 1, "how many different receipts there are")
            try LawBreach.unlessEqual(try await probe.store.counter("a"), Int64(round), "the counter")
            try LawBreach.unlessEqual(try await probe.events(in: stream).count, round, "how many events there are")
        }
    }

    /// The id of a committed transaction is refused for any other content.
    public static let reusedIDsAreRefused = StoreLaw(
        "idempotence.other-content",
        "The id of a committed transaction is refused for any other content, however small the difference."
    ) { probe in
        for (index, pair) in ContentPair.all(probe).enumerated() {
            let stream = StreamID("reuse", TextKey(TransactionID(bits: UInt128(index))))
            var first = probe.transaction { $0.append(probe.drafts(1), to: stream, expecting: .none) }
            var second = first
            pair.first(&first)
            pair.second(&second)
            _ = try await probe.store.commit(first)
            try await probe.refuse(second, as: .transactionReused(first.id))
            let count = try await probe.events(in: stream).count
            try LawBreach.unlessEqual(count, 1, "how many events there are after the id was reused")
        }
        let first = try await probe.commit { $0.add(1, to: "late") }
        var second = Transaction(id: first.transaction, time: StoreProbe.time.advanced(by: .seconds(1)))
        second.add(1, to: "late")
        try await probe.refuse(second, as: .transactionReused(first.transaction))
        try LawBreach.unlessEqual(try await probe.store.counter("late"), 1, "the counter")
    }

    /// Of different transactions with one id that are committed at once, one is applied.
    public static let reusedIDsAtOnceAreRefused = StoreLaw(
        "idempotence.other-content-at-once",
        "Of different transactions with one id that are committed at once one is applied and the others are refused as "
            + "reusing it."
    ) { probe in
        for round in 0..<20 {
            let first = probe.transaction { $0.add(1, to: "a") }
            let applied = try await withThrowingTaskGroup(of: Int64.self) { group in
                for delta in 1...8 {
                    group.addTask {
                        var transaction = Transaction(id: first.id, time: first.time)
                        transaction.add(Int64(delta), to: try CounterKey("\(round)"))
                        do throws(StoreError) {
                            return try await probe.store.commit(transaction).counters.first ?? 0
                        } catch {
                            guard error == .conflict(.transactionReused(first.id)) else { throw error }
                            return 0
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let values = applied.filter { $0 != 0 }
            try LawBreach.unlessEqual(values.count, 1, "how many of them were applied")
            let counter = try await probe.store.counter(try CounterKey("\(round)"))
            try LawBreach.unlessEqual(counter, values[0], "the counter, as the receipt says")
        }
    }

    /// The id of a refused transaction can be used again with other content.
    public static let refusedIDsAreFree = StoreLaw(
        "idempotence.refused-id",
        "The id of a refused transaction is forgotten: it can be used again, with the same content or with other."
    ) { probe in
        let refused = probe.transaction { $0.add(-1, to: "a", floor: 0) }
        for _ in 1...2 {
            try await probe.refuse(refused, as: .counterBound("a", bound: .floor(0), value: 0, delta: -1))
        }
        try await probe.commit { $0.add(1, to: "a") }
        let receipt = try await probe.store.commit(refused)
        try LawBreach.unlessEqual(receipt.counters, [0], "the counters of the receipt")
        let other = probe.transaction { $0.add(-1, to: "a", floor: 0) }
        try await probe.refuse(other, as: .counterBound("a", bound: .floor(0), value: 0, delta: -1))
        var changed = Transaction(id: other.id, time: other.time)
        changed.add(4, to: "a")
        let last = try await probe.store.commit(changed)
        try LawBreach.unlessEqual(last.counters, [4], "the counters of the receipt")
    }
}
