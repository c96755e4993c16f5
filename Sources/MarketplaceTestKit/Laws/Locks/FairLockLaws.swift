import MarketplaceCore
import MarketplaceStorage

/// The laws that a ``FairLockProvider`` keeps besides those of ``LockLaws``: nobody is overtaken.
///
/// Who waits must sleep on the clock of the site until the deadline of the wait: that is how a law knows that a caller
/// stands in line.
public enum FairLockLaws {
    /// All of them.
    public static let all = LawSet([callersAreServedInOrder, keysAreNotTakenPastWaiters, leavingKeepsTheOrder])

    /// Callers are served in the order they came.
    public static let callersAreServedInOrder = LockLaw(
        "fair.order",
        "100 callers who wait for one key get it in the order they came."
    ) { probe in
        let lease = try await probe.take(for: LockLimits.longestLease)
        let turns = try await probe.line(of: (0..<100).map { _ in ["a"] })
        try await probe.release(lease)
        try LawBreach.unlessEqual(try await turns.served(), Array(0..<100), "the order in which callers were served")
        try probe.demandNoResidue("after all were served")
    }

    /// A key is not given past a caller who waits for it and for others.
    public static let keysAreNotTakenPastWaiters = LockLaw(
        "fair.several-keys",
        "A caller who waits for several keys is not overtaken on any of them by callers who want that one only."
    ) { probe in
        let lease = try await probe.take(["c"], for: LockLimits.longestLease)
        let turns = try await probe.line(of: [["a", "b", "c"], ["b"], ["a", "b"], ["a"], ["c"], ["a", "c"]])
        await probe.pace.breathe()
        try LawBreach.unlessEqual(turns.order, [], "who is served while the first in line waits")
        try await probe.release(lease)
        let order = try await turns.served()
        // Callers without a common key may be served at once, in any order.
        for (earlier, later) in [(0, 1), (0, 3), (0, 4), (1, 2), (2, 3), (3, 5), (4, 5)] {
            let (first, second) = (order.firstIndex(of: earlier) ?? 0, order.firstIndex(of: later) ?? 0)
            try LawBreach.unless(first < second, "caller \(earlier) before caller \(later)", found: "\(order)")
        }
        try probe.demandNoResidue("after all were served")
    }

    /// Who leaves the line does not change the order of the others.
    public static let leavingKeepsTheOrder = LockLaw(
        "fair.leaving",
        "Callers who are cancelled while they wait leave the order of all others as it was, and hold nobody up."
    ) { probe in
        let lease = try await probe.take(for: LockLimits.longestLease)
        let turns = try await probe.line(of: (0..<20).map { _ in ["a"] })
        let leaving = [0, 7, 8, 19]
        for caller in leaving { turns.calls[caller].cancel() }
        try await probe.pace.settle("the cancelled callers leave") { leaving.allSatisfy { turns.calls[$0].isOver } }
        try await probe.release(lease)
        let expected = (0..<20).filter { !leaving.contains($0) }
        try LawBreach.unlessEqual(
            try await turns.served(leaving: leaving),
            expected,
            "the order in which callers were served"
        )
        try probe.demandNoResidue("after all were served")
    }
}
