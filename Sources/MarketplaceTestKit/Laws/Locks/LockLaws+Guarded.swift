import MarketplaceCore
import MarketplaceStorage
import Synchronization

extension LockLaws {
    private struct WorkFailed: Error {}

    /// Guarded work leaves the key free, however it ends.
    public static let guardedWorkAlwaysReleases = LockLaw(
        "guarded.releases",
        "withLease leaves the key free at once when the work returns, throws or is cancelled."
    ) { probe in
        let keys = LockKeys("a")
        let value = try await probe.guarding("returns") { _ in
            try await probe.demandBusy("the work holds it", from: probe.second)
            return 42
        }
        try LawBreach.unlessEqual(value, 42, "what the work returned")
        try await probe.release(try await probe.take(from: probe.second))
        do {
            try await probe.guarding("throws") { _ in throw WorkFailed() }
            throw LawBreach(expected: "the error of the work", found: "none")
        } catch is WorkFailed {
            try await probe.release(try await probe.take(from: probe.second))
        }
        let others = probe.clock.sleeperCount
        let call = LawCall {
            try await probe.first.withLease(keys, lease: LockProbe.length) { _ in
                try await probe.clock.sleep(for: LockProbe.long)
            }
        }
        // The work, the renewals and the wait for the end of the lease.
        try await probe.pace.settle("the guarded work is under way") {
            call.isOver || probe.clock.sleeperCount >= others + 3
        }
        call.cancel()
        do {
            try await probe.pace.end(of: call, "cancelled work ends")
            throw LawBreach(expected: "the cancellation", found: "none")
        } catch is CancellationError {
            try await probe.release(try await probe.take(from: probe.second))
        }
        try LawBreach.unlessEqual(probe.clock.sleeperCount, others, "how many tasks sleep on the clock")
        try probe.demandNoResidue("after the work")
    }

    /// Guarded work may take far longer than its lease.
    public static let guardedWorkIsRenewed = LockLaw(
        "guarded.renewed",
        "withLease keeps the key for as long as the work takes, however many leases that is."
    ) { probe in
        let others = probe.clock.sleeperCount
        let call = LawCall {
            try await probe.guarding("takes ten leases") { lease in
                try await probe.clock.sleep(for: LockProbe.length * 10)
                return lease.isHeld
            }
        }
        for _ in 1...45 {
            try await probe.pace.settle("the work, the renewals and the watch sleep on the clock") {
                call.isOver || probe.clock.sleeperCount >= others + 3
            }
            if call.isOver { break }
            try await probe.demandBusy("the work goes on", from: probe.second)
            probe.clock.advance(by: LockProbe.length * 2 / 9)
        }
        let wasHeld = try await probe.pace.end(of: call, "the work comes to its end")
        try LawBreach.unless(wasHeld, "held until the work was done", found: "not held")
        try await probe.release(try await probe.take(from: probe.second))
    }

    /// Guarded work is cancelled when its lease is lost.
    public static let lostWorkIsCancelled = LockLaw(
        "guarded.lost",
        "Work whose process was paused for longer than its lease is cancelled when it goes on, and told it was lost."
    ) { probe in
        let others = probe.clock.sleeperCount
        let call = LawCall {
            try await probe.guarding("is paused for longer than its lease") { _ in
                try await probe.clock.sleep(for: LockProbe.long)
            }
        }
        try await probe.pace.untilAsleep(call, besides: others)
        try await probe.demandBusy("the work goes on", from: probe.second)
        probe.clock.advance(by: LockProbe.length)
        do {
            try await probe.pace.end(of: call, "work that has lost its lease is cancelled")
            throw LawBreach(expected: "the loss of the lease", found: "no error")
        } catch let error as LockError {
            try LawBreach.unlessEqual(error.code, .leaseLost, "why the guarded work failed")
        }
        try await probe.release(try await probe.take(from: probe.second))
        try probe.demandNoResidue("after the loss")
    }
}

extension LockProbe {
    /// Performs work under a lease on `a` from the first connection, and notes it.
    @discardableResult
    func guarding<Value: Sendable>(
        _ what: String,
        _ work: @escaping @Sendable (Lease) async throws -> Value
    ) async throws -> Value {
        let tick = history.begin()
        do {
            let value = try await first.withLease(LockKeys("a"), lease: LockProbe.length, work)
            history.end(tick, "withLease, work that \(what) → returned, at \(pace.now)")
            return value
        } catch {
            history.end(tick, "withLease, work that \(what) → \(error), at \(pace.now)")
            throw error
        }
    }
}
