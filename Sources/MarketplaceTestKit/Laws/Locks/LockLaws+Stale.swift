import MarketplaceCore
import MarketplaceStorage

extension LockLaws {
    /// A lease that has run out is not renewed, whether or not somebody else has the key.
    public static let staleRenewalsFail = LockLaw(
        "stale.renew",
        "A lease that has run out is not renewed, and trying changes nothing for whoever takes or holds the key."
    ) { probe in
        let stale = try await probe.take()
        try await probe.demandBusy("it is held", from: probe.second)
        probe.clock.advance(by: LockProbe.length)
        try LawBreach.unless(!(try await probe.renew(stale)), "a lease that ran out is not renewed", found: "held")
        try LawBreach.unlessEqual(stale.end, .expired, "why the lease is over")
        let successor = try await probe.take(from: probe.second)
        try LawBreach.unless(!(try await probe.renew(stale)), "a taken key is not renewed", found: "held")
        try LawBreach.unless(successor.isHeld, "the successor holds the key", found: "it is over")
        try await probe.demandBusy("the successor holds it")
        try LawBreach.unlessEqual(try await probe.release(successor), .released, "the successor's release")
        try LawBreach.unless(!(try await probe.renew(stale)), "a free key is not renewed", found: "held")
        try await probe.release(try await probe.take())
    }

    /// Releasing a lease that has run out frees nothing that a successor holds.
    public static let staleReleasesFreeNothing = LockLaw(
        "stale.release",
        "Releasing a lease that has run out is reported as not held and ends no successor's lease."
    ) { probe in
        let stale = try await probe.take()
        let successor = try await probe.takeOver(from: probe.second)
        for _ in 1...3 {
            try LawBreach.unlessEqual(try await probe.release(stale), .notHeld, "the release of a stale lease")
            try await probe.demandBusy("the successor holds it")
        }
        try LawBreach.unless(try await probe.renew(successor), "the successor renews", found: "not held")
        try LawBreach.unlessEqual(try await probe.release(successor), .released, "the successor's release")
        let untaken = try await probe.take()
        probe.clock.advance(by: LockProbe.length)
        let outcome = try await probe.release(untaken)
        try LawBreach.unlessEqual(outcome, .notHeld, "the release of a lease that ran out and nobody has taken")
        _ = try await probe.take(from: probe.second)
    }

    /// Releasing again frees nothing.
    public static let repeatedReleasesFreeNothing = LockLaw(
        "release.again",
        "Releasing again is harmless: it is reported as not held and frees nothing of whoever has the key by then."
    ) { probe in
        for provider in [probe.first, probe.second] {
            let lease = try await probe.take()
            _ = try await probe.renew(lease)
            try LawBreach.unlessEqual(try await probe.release(lease), .released, "the release of a renewed lease")
            try LawBreach.unlessEqual(try await probe.release(lease), .notHeld, "the second release")
            let successor = try await probe.take(from: provider)
            try LawBreach.unlessEqual(try await probe.release(lease), .notHeld, "the third release")
            try await probe.demandBusy("the successor holds it")
            try LawBreach.unlessEqual(lease.end, .released, "why the lease is over")
            try LawBreach.unlessEqual(try await probe.release(successor), .released, "the successor's release")
        }
    }

    /// A released lease is not renewed.
    public static let releasedLeasesAreNotRenewed = LockLaw(
        "renew.released",
        "A released lease is not renewed, and the key stays free."
    ) { probe in
        let lease = try await probe.take()
        try await probe.release(lease)
        try LawBreach.unless(!(try await probe.renew(lease)), "a released lease is not renewed", found: "held")
        try LawBreach.unlessEqual(lease.remaining, .zero, "the remaining time of a released lease")
        let next = try await probe.take(from: probe.second)
        try LawBreach.unless(!(try await probe.renew(lease)), "a released lease is not renewed", found: "held")
        try LawBreach.unlessEqual(try await probe.release(next), .released, "the successor's release")
    }

    /// Who waits for the end of a lease is told when it comes, and why.
    public static let endsAreTold = LockLaw(
        "lease.told",
        "Who waits for the end of a lease is told as soon as it has run out or was released; a cancelled wait ends."
    ) { probe in
        let expiring = try await probe.take()
        let expiry = LawCall { await expiring.waitForEnd() }
        try await probe.pace.untilAsleep(expiry)
        probe.clock.advance(by: LockProbe.length - .milliseconds(1))
        await probe.pace.breathe()
        try LawBreach.unless(!expiry.isOver, "nothing is told while the lease is held", found: "its end")
        probe.clock.advance(by: .milliseconds(1))
        let told = try await probe.pace.end(of: expiry, "the end of the lease is told")
        try LawBreach.unlessEqual(told, .expired, "why the lease is over")

        let released = try await probe.take(["b"])
        let release = LawCall { await released.waitForEnd() }
        try await probe.pace.untilAsleep(release)
        try await probe.release(released)
        let why = try await probe.pace.end(of: release, "the release is told")
        try LawBreach.unlessEqual(why, .released, "why the lease is over")

        let kept = try await probe.take(["c"])
        let cancelled = LawCall { await kept.waitForEnd() }
        try await probe.pace.untilAsleep(cancelled)
        cancelled.cancel()
        let nothing = try await probe.pace.end(of: cancelled, "a cancelled wait for the end of a lease ends")
        try LawBreach.unlessEqual(nothing, nil, "what a cancelled wait tells")
        try LawBreach.unless(kept.isHeld, "the lease outlives a cancelled wait", found: "it is over")
    }
}
