import MarketplaceCore
import MarketplaceStorage

extension LockLaws {
    /// Several keys are taken together or not at all.
    public static let keysAreTakenTogether = LockLaw(
        "keys.all-or-nothing",
        "Several keys are given together or not at all, whichever of them is held and however long the caller waits."
    ) { probe in
        let keys: [FenceKey] = ["a", "b", "c", "d"]
        for held in keys {
            let lease = try await probe.take([held], for: LockProbe.long, from: probe.second)
            for wait in [Duration.zero, .seconds(1)] {
                let others = probe.waitingCount
                let call = LawCall { try await probe.acquire(keys.reversed(), wait: wait) }
                try await probe.untilWaiting(call, besides: others)
                probe.clock.advance(by: wait)
                let outcome = try await probe.pace.end(of: call, looks: 2, "the call for all keys ends")
                guard case .busy = outcome else { throw LawBreach(expected: "busy", found: outcome.summary) }
                for key in keys where key != held {
                    try await probe.release(try await probe.take([key], from: probe.second))
                }
            }
            try await probe.release(lease)
            let all = try await probe.take(keys)
            for key in keys { try await probe.demandBusy("all are held", of: [key], from: probe.second) }
            try LawBreach.unlessEqual(try await probe.release(all), .released, "the release of all keys")
        }
        for key in keys { try await probe.release(try await probe.take([key], from: probe.second)) }
        try probe.demandNoResidue("after all releases")
    }

    /// A lease on several keys is renewed and runs out as one.
    public static let keysAreKeptTogether = LockLaw(
        "keys.kept-together",
        "A lease on several keys is renewed for all of them and runs out for all of them."
    ) { probe in
        let keys: [FenceKey] = ["a", "b", "c"]
        let lease = try await probe.take(keys)
        for _ in 1...3 {
            probe.clock.advance(by: LockProbe.length * 2 / 3)
            try LawBreach.unless(try await probe.renew(lease), "a held lease is renewed", found: "not held")
            for key in keys { try await probe.demandBusy("it is renewed", of: [key], from: probe.second) }
        }
        probe.clock.advance(by: LockProbe.length - .milliseconds(1))
        for key in keys { try await probe.demandBusy("it has a millisecond left", of: [key], from: probe.second) }
        probe.clock.advance(by: .milliseconds(1))
        for key in keys { _ = try await probe.take([key], from: probe.second) }
    }

    /// The release of a lease that has run out frees only the keys that nobody else has.
    public static let staleKeysAreFreedAlone = LockLaw(
        "keys.stale-release",
        "The late release of a lease on several keys frees none of those that somebody else has taken since."
    ) { probe in
        let keys: [FenceKey] = ["a", "b", "c"]
        for taken in keys {
            let stale = try await probe.take(keys)
            let successor = try await probe.takeOver([taken], from: probe.second)
            try LawBreach.unlessEqual(try await probe.release(stale), .notHeld, "the release of a stale lease")
            try await probe.demandBusy("its successor holds it", of: [taken])
            try LawBreach.unless(successor.isHeld, "the successor holds its key", found: "it is over")
            let rest = try await probe.takeOver(keys.filter { $0 != taken })
            try LawBreach.unlessEqual(try await probe.release(successor), .released, "the successor's release")
            try await probe.release(rest)
        }
    }

    /// Callers who name overlapping keys in any order all come to their end.
    public static let oppositeOrdersEnd = LockLaw(
        "keys.no-deadlock",
        "Callers who want overlapping keys, named in opposite orders, all get them, and never two hold the same one."
    ) { probe in
        // Each of two callers would hold an end of the three keys if it took them one by one in an order of its own.
        let middle = try await probe.take(["m"], for: LockLimits.longestLease)
        var pair: [LawCall<Void>] = []
        for (keys, provider) in [(["a", "m", "z"], probe.first), (["z", "m", "a"], probe.second)] as Meeting {
            let others = probe.waitingCount
            let call = LawCall {
                let wait = LockProbe.long
                let lease = try await probe.take(keys, for: LockLimits.longestLease, wait: wait, from: provider)
                try await probe.release(lease)
            }
            try await probe.untilWaiting(call, besides: others)
            pair.append(call)
        }
        try await probe.release(middle)
        _ = try await probe.pace.ends(of: pair, looks: 100, "two callers of the same keys get them")

        let resources = GuardedResources()
        let wishes: [[FenceKey]] = [["a", "b", "c"], ["c", "b", "a"], ["b", "c"], ["c", "a"], ["b", "a"], ["c"]]
        let calls = wishes.enumerated().map { caller, keys in
            LawCall {
                for _ in 0..<10 {
                    let lease = try await probe.take(
                        keys,
                        for: LockLimits.longestLease,
                        wait: LockProbe.long,
                        from: caller.isMultiple(of: 2) ? probe.first : probe.second
                    )
                    try await resources.use(lease)
                    try await probe.release(lease)
                }
            }
        }
        _ = try await probe.pace.ends(of: calls, looks: 10_000, "all callers get their keys")
        try LawBreach.unlessEqual(resources.updates, 130, "the updates of the guarded resources")
        try probe.demandNoResidue("after all turns")
    }

    private typealias Meeting = [([FenceKey], any LockProvider)]

    /// As many keys as a lease may have are given, and leave nothing behind.
    public static let manyKeysFit = LockLaw(
        "keys.many",
        "A lease has as many keys as the limit allows; 10,000 keys that were locked once are all free again."
    ) { probe in
        for batch in 0..<10 {
            let keys = try (0..<LockKeys.maximumCount).map { try FenceKey("stock/\(batch)/\($0)") }
            let lease = try await probe.take(keys)
            try LawBreach.unlessEqual(lease.tokens.count, LockKeys.maximumCount, "how many keys have a token")
            try await probe.demandBusy("all are held", of: [keys.sorted()[keys.count - 1]], from: probe.second)
            try LawBreach.unlessEqual(try await probe.release(lease), .released, "the release")
            try await probe.release(try await probe.take([keys[0]], from: probe.second))
        }
        try probe.demandNoResidue("after 10,000 keys")
    }
}
