import MarketplaceCore
import MarketplaceStorage

extension StoreLaws {
    /// A refused transaction changes nothing, whichever of its parts is refused.
    public static let commitIsAllOrNothing = StoreLaw(
        "commit.all-or-nothing",
        "A refused transaction changes nothing, whichever of its parts is refused."
    ) { probe in
        let scene = try await AtomicityScene(probe)
        for refusal in scene.refusals {
            let before = try await scene.snapshot()
            let transaction = probe.transaction { transaction in
                scene.addHarmlessParts(to: &transaction)
                refusal.add(to: &transaction)
            }
            try await probe.refuse(transaction, as: refusal.conflict)
            let after = try await scene.snapshot()
            try LawBreach.unlessEqual(after, before, "everything as before the refusal (\(refusal.conflict))")
        }
        // Nothing of the refused ones stayed behind: the same parts alone are applied.
        try await probe.commit { scene.addHarmlessParts(to: &$0) }
    }

    /// A committed transaction applies every kind of part.
    public static let commitAppliesEveryPart = StoreLaw(
        "commit.every-part",
        "A committed transaction applies its appends, writes, deletes, additions, counter deletes and trims."
    ) { probe in
        let scene = try await AtomicityScene(probe)
        try await probe.commit { scene.addHarmlessParts(to: &$0) }
        let after = try await scene.snapshot()
        try LawBreach.unlessEqual(after.versions, [3, 2, 2], "the versions of the events of the three streams")
        try LawBreach.unlessEqual(after.documents, ["kept": [1], "written": [9]], "the documents")
        try LawBreach.unlessEqual(after.counters, ["added": 8, "deleted": 0, "full": 10], "the counters")
        try LawBreach.unlessEqual(after.feed, [1, 1, 2, 2, 2, 3], "the versions of the events on the feed")
    }

    /// The lists of a receipt run parallel to those of its transaction.
    public static let receiptIsParallel = StoreLaw(
        "receipt.parallel",
        "The versions, revisions and counters of a receipt stand in the order of the transaction's parts."
    ) { probe in
        let streams: [StreamID] = [StreamID("law", "z"), StreamID("law", "a"), StreamID("law", "m")]
        let keys: [DocumentKey] = [DocumentKey("law", "z"), DocumentKey("law", "a"), DocumentKey("law", "m")]
        try await probe.append(5, to: streams[1])
        let counters: [CounterKey] = ["z", "a", "m"]
        let receipt = try await probe.commit { transaction in
            for (index, stream) in streams.enumerated() {
                transaction.append(probe.drafts(index + 1), to: stream, expecting: .any)
            }
            for key in keys { transaction.write(DocumentWrite(key, body: [])) }
            for (index, key) in counters.enumerated() { transaction.add(Int64(index) + 10, to: key) }
        }
        try LawBreach.unlessEqual(receipt.versions.map(\.value), [1, 7, 3], "the versions of the receipt")
        try LawBreach.unlessEqual(receipt.counters, [10, 11, 12], "the counters of the receipt")
        try LawBreach.unlessEqual(receipt.revisions.count, keys.count, "the number of revisions of the receipt")
        for (key, revision) in zip(keys, receipt.revisions) {
            let stored = try await probe.store.document(key)?.revision
            try LawBreach.unlessEqual(stored, revision, "the revision of \(key), as in the receipt")
        }
        let empty = try await probe.commit { $0.append(probe.drafts(1), to: streams[0], expecting: .any) }
        try LawBreach.unlessEqual(empty.revisions.count, 0, "the number of revisions without a write")
        try LawBreach.unlessEqual(empty.counters, [], "the counters without an addition")
    }

    /// The position of a receipt lies at or after every event of its transaction.
    public static let receiptCoversItsEvents = StoreLaw(
        "receipt.position",
        "The position of a receipt lies at or after every event of its transaction, journals included."
    ) { probe in
        for round in 1...5 {
            let receipt = try await probe.commit { transaction in
                transaction.append(probe.drafts(round), to: StreamID("law", "a"), expecting: .any)
                transaction.append(probe.drafts(2), to: StreamID("$law", "b"), expecting: .any)
            }
            let events = try await probe.events(in: StreamID("law", "a")) + probe.events(in: StreamID("$law", "b"))
            for event in events {
                try LawBreach.unless(
                    event.position <= receipt.position,
                    "an event of \(event.stream) at or before the receipt's position \(receipt.position)",
                    found: "\(event.position)"
                )
                try LawBreach.unless(event.position > .start, "an event after the start", found: "\(event.position)")
            }
        }
    }

    /// A commit of a task that was cancelled before is not applied, and says so.
    public static let cancelledCommitIsNotApplied = StoreLaw(
        "commit.cancelled",
        "A commit that is asked for by a task cancelled before is not applied, and reported as that."
    ) { probe in
        let stream = StreamID("law", "a")
        let transaction = probe.transaction { transaction in
            transaction.append(probe.drafts(1), to: stream, expecting: .none)
            transaction.add(1, to: "c")
        }
        let outcome = await withTaskGroup(of: Result<CommitReceipt, StoreError>.self) { group in
            group.cancelAll()
            group.addTask {
                do throws(StoreError) { return .success(try await probe.store.commit(transaction)) } catch {
                    return .failure(error)
                }
            }
            return await group.next()
        }
        guard case .failure(.notApplied) = outcome else {
            throw LawBreach(expected: "not applied", found: outcome.map { "\($0)" } ?? "nothing")
        }
        try LawBreach.unlessEqual(try await probe.events(in: stream), [], "the events after the cancelled commit")
        try LawBreach.unlessEqual(try await probe.store.counter("c"), 0, "the counter after the cancelled commit")
        _ = try await probe.store.commit(transaction)
        try LawBreach.unlessEqual(try await probe.store.counter("c"), 1, "the counter after the commit was repeated")
    }
}
