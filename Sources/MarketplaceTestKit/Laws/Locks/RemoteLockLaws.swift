import MarketplaceCore
import MarketplaceStorage

/// The laws that a provider keeps besides those of ``LockLaws`` when other processes reach its locks, each with a
/// monotonic clock of its own.
public enum RemoteLockLaws {
    /// All of them.
    public static let all = LawSet([leasesOutliveRestarts, slowHoldersLoseTheKey, lossesAreNoticedInTime])

    /// A lease does not depend on the memory of a process.
    public static let leasesOutliveRestarts = LockLaw(
        "remote.restart",
        "A lease outlives a restart of everyone else: busy to them until it is over, and renewed by its holder."
    ) { probe in
        let lease = try await probe.take()
        let restarted = try await probe.site.restart()
        try await probe.demandBusy("it is held through the restart", from: restarted)
        try LawBreach.unless(try await probe.renew(lease), "its holder renews it", found: "not held")
        try await probe.demandBusy("it is renewed", from: restarted)
        try LawBreach.unlessEqual(try await probe.release(lease), .released, "its holder's release")
        let next = try await probe.take(from: restarted)
        let again = try await probe.site.restart()
        try await probe.demandBusy("it is held through the restart", from: again)
        probe.clock.advance(by: LockProbe.length)
        try LawBreach.unlessEqual(next.end, .expired, "why the lease is over")
        try await probe.release(try await probe.take(from: again))
        try await probe.release(try await probe.take(from: probe.site.restart()))
    }

    /// A holder whose clock stood still can neither renew nor free what was taken over.
    public static let slowHoldersLoseTheKey = LockLaw(
        "remote.slow-clock",
        "A holder whose clock stood still can neither renew nor free a key that was taken over meanwhile."
    ) { probe in
        let holder = try await probe.site.connect(on: ManualClock())
        let stale = try await probe.take(from: holder)
        let successor = try await probe.takeOver()
        try LawBreach.unless(stale.isHeld, "held as far as its holder's clock can tell", found: "over")
        let (old, new) = (try probe.token(of: stale), try probe.token(of: successor))
        try LawBreach.unless(new > old, "a token above \(old.value)", found: "\(new.value)")
        try LawBreach.unless(!(try await probe.renew(stale)), "a taken key is not renewed", found: "held")
        try LawBreach.unlessEqual(stale.end, .takenOver, "why the lease is over")
        try await probe.demandBusy("the successor holds it", from: probe.second)
        try LawBreach.unlessEqual(try await probe.release(stale), .notHeld, "the release of a stale lease")
        try await probe.demandBusy("the successor holds it", from: probe.second)
        try LawBreach.unlessEqual(try await probe.release(successor), .released, "the successor's release")

        let unaware = try await probe.take(["b", "c"], from: holder)
        _ = try await probe.takeOver(["b"])
        try LawBreach.unlessEqual(try await probe.release(unaware), .notHeld, "the release of a stale lease")
        try await probe.demandBusy("the successor holds it", of: ["b"], from: probe.second)
    }

    /// Guarded work learns of the loss within a third of its lease, on its own clock.
    public static let lossesAreNoticedInTime = LockLaw(
        "remote.loss",
        "withLease cancels work whose key was taken over within a third of the lease on the holder's own clock."
    ) { probe in
        let clock = ManualClock()
        let holder = try await probe.site.connect(on: clock)
        let call = LawCall {
            try await holder.withLease(LockKeys("a"), lease: LockProbe.length) { _ in
                try await clock.sleep(for: LockProbe.long)
            }
        }
        try await probe.pace.settle("the guarded work is under way") { call.isOver || clock.sleeperCount >= 3 }
        _ = try await probe.takeOver()
        clock.advance(by: LockProbe.length / 3)
        do {
            try await probe.pace.end(of: call, "work that has lost its key is cancelled")
            throw LawBreach(expected: "the loss of the lease", found: "no error")
        } catch let error as LockError {
            try LawBreach.unlessEqual(error.code, .leaseLost, "why the guarded work failed")
        }
        try await probe.demandBusy("the successor holds it", from: probe.second)
    }
}
