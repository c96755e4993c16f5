import MarketplaceCore
import MarketplaceStorage

/// A law of stores whose commits can be held.
public typealias HeldCommitLaw = Law<HeldStoreSite>

/// The laws of what others see of a commit that is under way: all writes are made, and it has not taken effect.
///
/// They are for adapters whose driver can be held at that place, see ``StoreGate``. Where a database gives out its
/// numbers at the first write and shows the rows at the commit, late arrivals come from there.
public enum HeldCommitLaws {
    /// All of them.
    public static let all = LawSet([interleavingsKeepTheFeed, heldCommitsAreNotSeen])

    /// Three writers that write and commit in any order leave a feed that keeps its promises.
    public static let interleavingsKeepTheFeed = HeldCommitLaw(
        "held.interleavings",
        "In every order in which three writers write and commit, a reader who looks after every step finds each event "
            + "once, none late, streams in their order, causes before effects, and is told honestly that it caught up."
    ) { site, history in
        var interleaving = FeedInterleaving(StoreProbe(site.store, history: history), gate: site.gate)
        try await interleaving.runAll()
    }

    /// Nothing of a commit that is under way is seen, and reads do not wait for it.
    public static let heldCommitsAreNotSeen = HeldCommitLaw(
        "held.unseen",
        "Reads neither wait for a commit that is under way nor see anything of it; afterwards they see all of it."
    ) { site, history in
        let probe = StoreProbe(site.store, history: history)
        let scene = try await AtomicityScene(probe)
        let before = try await scene.snapshot()
        defer { site.gate.open() }
        site.gate.close()
        let transaction = probe.transaction { scene.addHarmlessParts(to: &$0) }
        let call = LawCall { try await probe.store.commit(transaction) }
        while !call.isOver, site.gate.tickets.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
        try LawBreach.unless(!call.isOver, "a commit that stands at the gate", found: "one that has passed it")
        let meanwhile = LawCall { try await scene.snapshot() }
        let seen = try await meanwhile.end(
            within: site.patience,
            "an end of reads while a commit stands still"
        )
        try LawBreach.unlessEqual(seen, before, "everything as before the commit")
        site.gate.open()
        _ = try await call.end("an end of the commit")
        let after = try await scene.snapshot()
        try LawBreach.unlessEqual(after.counters["added"], 8, "a counter after the commit")
        try LawBreach.unlessEqual(after.documents["written"], [9], "a document after the commit")
        try LawBreach.unlessEqual(after.versions, [3, 2, 2], "the versions of the streams after the commit")
    }
}
