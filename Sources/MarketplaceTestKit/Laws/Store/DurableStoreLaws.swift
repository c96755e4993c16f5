import MarketplaceCore
import MarketplaceStorage

/// A law of stores whose content outlives their process.
public typealias DurableStoreLaw = Law<DurableStoreSite>

/// The laws that a store keeps besides those of ``StoreLaws`` when what it holds outlives its process.
public enum DurableStoreLaws {
    /// All of them.
    public static let all = LawSet([contentOutlivesProcesses, numbersGoOn, receiptsOutliveProcesses])

    /// What was acknowledged is there in the next process.
    public static let contentOutlivesProcesses = DurableStoreLaw(
        "durable.content",
        "What was acknowledged is there in the next process, of every kind, and a reader of the feed goes on from the "
            + "position it was told in the last."
    ) { site, history in
        let first = try await probe(of: site, history, seed: 1)
        let scene = try await AtomicityScene(first)
        try await first.commit { scene.addHarmlessParts(to: &$0) }
        let before = try await scene.snapshot()
        let position = try await first.feed().last?.position ?? .start
        let second = try await probe(of: site, history, seed: 2)
        let after = try await scene.seen(by: second).snapshot()
        try LawBreach.unlessEqual(after, before, "everything as in the process before")
        try LawBreach.unlessEqual(try await second.feed(after: position), [], "what follows behind the last event")
        let receipt = try await second.append(2, to: StreamID("law", "later"))
        let found = try await second.feed(after: position).map(\.transaction)
        try LawBreach.unlessEqual(
            found,
            [receipt.transaction, receipt.transaction],
            "what is found after that position"
        )
    }

    /// Numbers that rise go on from where they were, although what had them is gone.
    public static let numbersGoOn = DurableStoreLaw(
        "durable.numbers",
        "Versions, revisions, positions and fencing tokens go on from where they were in the last process, also those "
            + "of what was trimmed or deleted in it."
    ) { site, history in
        let (stream, key) = (StreamID("law", "a"), DocumentKey("law", "a"))
        var (revision, position) = (DocumentRevision(0), FeedPosition.start)
        for round in 1...4 {
            let probe = try await probe(of: site, history, seed: UInt64(round))
            try await refuseStaleToken(round, probe)
            let receipt = try await probe.commit { transaction in
                transaction.require(.fence("a", FencingToken(UInt64(round * 10))))
                transaction.append(probe.drafts(1), to: stream, expecting: .exactly(StreamVersion(Int64(round) - 1)))
                transaction.write(DocumentWrite(key, body: [], expecting: .absent))
            }
            try LawBreach.unless(
                receipt.revisions[0] > revision,
                "a revision above \(revision)",
                found: "\(receipt.revisions[0])"
            )
            let event = try await probe.feed(after: position).last
            try LawBreach.unlessEqual(event?.version.value, Int64(round), "the version of the event behind \(position)")
            (revision, position) = (receipt.revisions[0], event?.position ?? position)
            try await probe.commit { transaction in
                transaction.trim(.before(StreamVersion(.max), of: stream))
                transaction.delete(key)
            }
        }
    }

    /// A repetition is recognised in the next process.
    public static let receiptsOutliveProcesses = DurableStoreLaw(
        "durable.receipts",
        "A transaction that is repeated in the next process gets its first receipt, and its id is refused for other "
            + "content; that of a refused one is free."
    ) { site, history in
        let first = try await probe(of: site, history, seed: 1)
        let applied = first.transaction { transaction in
            transaction.append(first.drafts(1), to: StreamID("law", "a"), expecting: .none)
            transaction.write(DocumentWrite(DocumentKey("law", "a"), body: [1], uniqueKeys: ["k"]))
            transaction.add(1, to: "a", ceiling: 1)
        }
        let receipt = try await first.store.commit(applied)
        let refused = first.transaction { $0.add(1, to: "a", ceiling: 1) }
        try await first.refuse(refused, as: .counterBound("a", bound: .ceiling(1), value: 1, delta: 1))
        let second = try await probe(of: site, history, seed: 2)
        let again = try await second.store.commit(applied)
        try LawBreach.unlessEqual(again, receipt, "the first receipt")
        try LawBreach.unlessEqual(try await second.store.counter("a"), 1, "the counter")
        var other = Transaction(id: applied.id, time: applied.time)
        other.add(1, to: "b")
        try await second.refuse(other, as: .transactionReused(applied.id))
        var free = Transaction(id: refused.id, time: refused.time)
        free.add(1, to: "b")
        _ = try await second.store.commit(free)
        try LawBreach.unlessEqual(try await second.store.counter("b"), 1, "the counter of the freed id")
    }

    private static func probe(of site: DurableStoreSite, _ history: LawHistory, seed: UInt64) async throws -> StoreProbe
    {
        history.end(history.begin(), "a new process")
        return StoreProbe(try await site.open(), history: history, seed: seed)
    }

    /// Demands that the token before the last one is refused, if there were any.
    private static func refuseStaleToken(_ round: Int, _ probe: StoreProbe) async throws {
        guard round > 1 else { return }
        let (stale, highest) = (FencingToken(UInt64(round * 10 - 11)), FencingToken(UInt64(round * 10 - 10)))
        try await probe.refuse(as: .staleFence("a", presented: stale, highest: highest)) {
            $0.require(.fence("a", stale))
        }
    }
}
