import MarketplaceCore
import MarketplaceStorage

extension LockLaws {
    /// A wait of zero does not wait.
    public static let noWaitIsNone = LockLaw(
        "wait.none",
        "A caller with a wait of zero is answered without any time passing."
    ) { probe in
        let lease = try await probe.take()
        let call = LawCall { try await probe.acquire(from: probe.second) }
        let outcome = try await probe.pace.end(of: call, looks: 0, "an answer while the clock stands still")
        guard case .busy = outcome else { throw LawBreach(expected: "busy", found: outcome.summary) }
        try await probe.release(lease)
        try probe.demandNoResidue("after the release")
    }

    /// A caller who waits in vain is told so at the deadline.
    public static let waitsEnd = LockLaw(
        "wait.ends",
        "A caller who waits in vain is told that the key is busy, at the deadline, and leaves nothing behind."
    ) { probe in
        let lease = try await probe.take(for: LockProbe.long)
        let start = probe.pace.now
        let others = probe.waitingCount
        let call = LawCall {
            let outcome = try await probe.acquire(wait: .seconds(5), from: probe.second)
            return (outcome, probe.pace.now)
        }
        try await probe.untilWaiting(call, besides: others)
        probe.clock.advance(by: .milliseconds(4_999))
        await probe.pace.breathe()
        probe.clock.advance(by: .milliseconds(1))
        let (outcome, end) = try await probe.pace.end(of: call, "an answer at the deadline")
        guard case .busy = outcome else { throw LawBreach(expected: "busy", found: outcome.summary) }
        try LawBreach.unless(end - start >= .seconds(5), "an answer not before 5 s", found: "after \(end - start)")
        try await probe.release(lease)
        try await probe.release(try await probe.take())
        try probe.demandNoResidue("after the wait")
    }

    /// A caller who waits gets the key when it is released.
    public static let releasesWake = LockLaw(
        "wait.release",
        "A caller who waits gets the key when it is released, with its full length and a higher token."
    ) { probe in
        for provider in [probe.first, probe.second] {
            let lease = try await probe.take(for: LockProbe.long)
            let call = try await probe.waiting(from: provider)
            await probe.pace.breathe()
            try LawBreach.unless(!call.isOver, "nothing is given while the key is held", found: "an answer")
            try await probe.release(lease)
            let outcome = try await probe.pace.end(of: call, looks: 2, "the waiter gets the released key")
            guard let next = outcome.lease else { throw LawBreach(expected: "a lease", found: outcome.summary) }
            try LawBreach.unless(
                next.remaining > LockProbe.length - probe.site.attention * 2 - .milliseconds(1),
                "about \(LockProbe.length) of the lease left",
                found: "\(next.remaining)"
            )
            let (before, after) = (try probe.token(of: lease), try probe.token(of: next))
            try LawBreach.unless(after > before, "a token above \(before.value)", found: "\(after.value)")
            try await probe.release(next)
        }
        try probe.demandNoResidue("after the releases")
    }

    /// A caller who waits gets the key when its lease runs out.
    public static let expiryWakes = LockLaw(
        "wait.expiry",
        "A caller who waits gets the key when the lease of a holder who is gone runs out, renewals included."
    ) { probe in
        let gone = try await probe.take()
        let call = try await probe.waiting(from: probe.second)
        probe.clock.advance(by: LockProbe.length / 2)
        await probe.pace.breathe()
        _ = try await probe.renew(gone)
        // An observer may see the renewal late, by as much as it is attentive.
        for _ in 1...2 {
            probe.clock.advance(by: LockProbe.length / 2)
            await probe.pace.breathe()
        }
        let outcome = try await probe.pace.end(
            of: call,
            looks: Int((LockProbe.length / max(probe.site.attention, .milliseconds(1))).rounded(.up)) + 2,
            "the waiter gets the key of a holder who is gone"
        )
        guard let next = outcome.lease else { throw LawBreach(expected: "a lease", found: outcome.summary) }
        try LawBreach.unlessEqual(gone.end, .expired, "why the first lease is over when the next is given")
        try LawBreach.unlessEqual(try await probe.release(gone), .notHeld, "the release of the lease that ran out")
        try await probe.demandBusy("the waiter holds it")
        try await probe.release(next)
    }

    /// No wake-up is lost, whenever the release comes.
    public static let wakeUpsAreNotLost = LockLaw(
        "wait.no-lost-wake-up",
        "A caller who begins to wait while the key is released gets it, however the two meet."
    ) { probe in
        for round in 0..<100 {
            let lease = try await probe.take(for: LockProbe.long)
            let call = LawCall {
                try await probe.acquire(wait: LockProbe.long, from: probe.second)
            }
            // Whether the release comes before, while or after the other begins to wait is left to chance.
            await probe.pace.stagger(round)
            try await probe.release(lease)
            let outcome = try await probe.pace.end(of: call, looks: 10, "the waiter of round \(round) gets the key")
            guard let next = outcome.lease else { throw LawBreach(expected: "a lease", found: outcome.summary) }
            try await probe.release(next)
        }
        try probe.demandNoResidue("after all rounds")
    }

    /// All who wait are served, one after the other.
    public static let everyWaiterIsServed = LockLaw(
        "wait.everyone",
        "Each of 32 callers who wait for one key gets it, one after the other."
    ) { probe in
        let resources = GuardedResources()
        let lease = try await probe.take(for: LockLimits.longestLease)
        try await resources.use(lease)
        let calls = (0..<32).map { caller in
            LawCall {
                let provider = caller.isMultiple(of: 2) ? probe.first : probe.second
                let lease = try await probe.take(for: LockLimits.longestLease, wait: LockProbe.long, from: provider)
                try await resources.use(lease)
                try await probe.release(lease)
            }
        }
        await probe.pace.breathe()
        try await probe.release(lease)
        _ = try await probe.pace.ends(of: calls, looks: 10_000, "every waiter gets the key")
        try LawBreach.unlessEqual(resources.updates, 33, "the updates of the guarded resource")
        try probe.demandNoResidue("after all were served")
    }

    /// A cancelled waiter is gone.
    public static let cancelledWaitersLeave = LockLaw(
        "wait.cancelled",
        "A waiter who is cancelled ends at once as cancelled, leaves nothing behind, and nobody else's wait ends."
    ) { probe in
        let lease = try await probe.take(["a", "b"], for: LockProbe.long)
        let sleepers = probe.clock.sleeperCount
        let cancelled = try await probe.waiting(["a", "b"])
        let other = try await probe.waiting(["b"], from: probe.second)
        cancelled.cancel()
        do {
            let outcome = try await probe.pace.end(of: cancelled, "a cancelled wait ends")
            throw LawBreach(expected: "cancelled", found: outcome.summary)
        } catch let error as LockError {
            try LawBreach.unlessEqual(error.code, .cancelled, "why the wait ended")
        }
        await probe.pace.breathe()
        try LawBreach.unless(!other.isOver, "the other one waits on", found: "its wait is over")
        try await probe.release(lease)
        let next = try await probe.pace.end(of: other, looks: 2, "the other waiter gets its key")
        guard let next = next.lease else { throw LawBreach(expected: "a lease", found: next.summary) }
        try await probe.release(try await probe.take(["a"]))
        try await probe.release(next)
        try LawBreach.unlessEqual(probe.clock.sleeperCount, sleepers, "how many tasks sleep on the clock")
        try probe.demandNoResidue("after the cancellation")
    }

    /// Cancelling a waiter while the key is handed over to it loses no key.
    public static let cancellationLosesNoKey = LockLaw(
        "wait.cancelled-at-handover",
        "A waiter who is cancelled while the key is released either has it or has not; the key is never lost."
    ) { probe in
        for round in 0..<100 {
            let lease = try await probe.take(for: LockProbe.long)
            let call = try await probe.waiting(for: LockProbe.long)
            let release = LawCall { try await probe.release(lease) }
            await probe.pace.stagger(round)
            if round.isMultiple(of: 3), probe.site.attention > .zero { probe.clock.advance(by: probe.site.attention) }
            call.cancel()
            _ = try await probe.pace.end(of: release, "the release of round \(round) ends")
            do {
                let outcome = try await probe.pace.end(of: call, looks: 2, "the cancelled wait of round \(round) ends")
                if let lease = outcome.lease { try await probe.release(lease) }
            } catch let error as LockError {
                try LawBreach.unlessEqual(error.code, .cancelled, "why the wait ended")
            }
            try await probe.release(try await probe.take(from: probe.second))
            try probe.demandNoResidue("after round \(round)")
        }
    }

    /// A caller who was cancelled before takes nothing.
    public static let cancelledCallersTakeNothing = LockLaw(
        "wait.cancelled-before",
        "A caller whose task was cancelled before takes nothing, whether the key is free or held."
    ) { probe in
        for wait in [Duration.zero, LockProbe.long] {
            let call = LawCall {
                // The only error of the pause is the cancellation that is waited for.
                try? await Task.sleep(for: LockProbe.long)
                return try await probe.acquire(wait: wait)
            }
            call.cancel()
            do {
                let outcome = try await probe.pace.end(of: call, "a cancelled call ends")
                throw LawBreach(expected: "cancelled", found: outcome.summary)
            } catch let error as LockError {
                try LawBreach.unlessEqual(error.code, .cancelled, "why the call ended")
            }
            try probe.demandNoResidue("after the cancelled call")
            try await probe.release(try await probe.take(from: probe.second))
        }
    }
}
