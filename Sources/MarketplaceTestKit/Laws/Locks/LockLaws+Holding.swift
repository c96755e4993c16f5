import MarketplaceCore
import MarketplaceStorage

extension LockLaws {
    /// A held key is busy to everyone else, and to its holder who asks again.
    public static let heldKeysAreBusy = LockLaw(
        "lease.exclusive",
        "A held key is busy to everyone, on every connection and for its holder too, until the lease is over."
    ) { probe in
        let lease = try await probe.take()
        try await probe.demandBusy("its holder asks again")
        try await probe.demandBusy("another connection holds it", from: probe.second)
        probe.clock.advance(by: LockProbe.length - .milliseconds(1))
        try await probe.demandBusy("the lease has a millisecond left", from: probe.second)
        try LawBreach.unless(lease.isHeld, "held for its length", found: "ended as \(lease.end.debugText)")
    }

    /// Leases on different keys have nothing to do with each other.
    public static let keysAreApart = LockLaw(
        "lease.keys-apart",
        "Leases on different keys have nothing to do with each other; keys are compared as bytes."
    ) { probe in
        let keys: [FenceKey] = ["a", "A", "a ", "a/b", "b", "1", "01", "\u{E9}", "e\u{301}"]
        var leases: [Lease] = []
        for key in keys { leases.append(try await probe.take([key])) }
        for (key, lease) in zip(keys, leases) {
            try await probe.demandBusy("it is held", of: [key], from: probe.second)
            try await probe.release(lease)
            let next = try await probe.take([key], from: probe.second)
            try await probe.release(next)
        }
    }

    /// A released key can be taken at once, by anyone, again and again.
    public static let freedKeysAreFree = LockLaw(
        "lease.again",
        "A released key can be taken at once, by its holder or another, again and again."
    ) { probe in
        for round in 1...20 {
            let provider = round.isMultiple(of: 3) ? probe.second : probe.first
            let lease = try await probe.take(from: provider)
            try LawBreach.unlessEqual(try await probe.release(lease), .released, "the release of a held lease")
            try LawBreach.unlessEqual(lease.end, .released, "why the lease is over")
        }
        try probe.demandNoResidue("after all releases")
    }

    /// A lease that is not renewed runs out after its length, and not before.
    public static let leasesRunOut = LockLaw(
        "lease.expires",
        "A lease that is not renewed is over after its length: who has looked before can take the key, no sooner."
    ) { probe in
        for length in [LockLimits.shortestLease, .seconds(9), LockLimits.longestLease] {
            let lease = try await probe.take(for: length)
            try await probe.demandBusy("it is held", from: probe.second)
            probe.clock.advance(by: length - .milliseconds(1))
            try await probe.demandBusy("the lease has a millisecond left", from: probe.second)
            probe.clock.advance(by: .milliseconds(1))
            try LawBreach.unlessEqual(lease.end, .expired, "why the lease is over")
            let next = try await probe.take(for: length, from: probe.second)
            try await probe.release(next)
        }
        try probe.demandNoResidue("after the last lease")
    }

    /// A renewed lease lasts its new length from the renewal on, as often as it is renewed.
    public static let renewedLeasesLast = LockLaw(
        "lease.renewed",
        "A renewed lease lasts its new length from the renewal on, however often it is renewed, and then runs out."
    ) { probe in
        let lease = try await probe.take()
        let token = try probe.token(of: lease)
        for _ in 1...10 {
            probe.clock.advance(by: LockProbe.length * 2 / 3)
            try await probe.demandBusy("it is renewed in time", from: probe.second)
            try LawBreach.unless(try await probe.renew(lease), "a held lease is renewed", found: "not held")
            try LawBreach.unlessEqual(lease.remaining, LockProbe.length, "the time that remains after a renewal")
        }
        try LawBreach.unlessEqual(try probe.token(of: lease), token, "the token of a renewed lease")
        try await probe.demandBusy("it was just renewed", from: probe.second)
        probe.clock.advance(by: LockProbe.length - .milliseconds(1))
        try await probe.demandBusy("the renewed lease has a millisecond left", from: probe.second)
        probe.clock.advance(by: .milliseconds(1))
        _ = try await probe.take(from: probe.second)
    }

    /// A lease never looks longer to its holder than it is to others.
    public static let remainingTimeIsHonest = LockLaw(
        "lease.remaining",
        "The remaining time starts at the length, falls with the clock, and is over before anyone else gets the key."
    ) { probe in
        let lease = try await probe.take()
        for second in 0...8 {
            let expected = LockProbe.length - .seconds(second)
            try LawBreach.unlessEqual(lease.remaining, expected, "the time that remains after \(second) s")
            try LawBreach.unless(lease.isHeld, "held while time remains", found: "ended")
            try await probe.demandBusy("time remains to its holder", from: probe.second)
            probe.clock.advance(by: .seconds(1))
        }
        try LawBreach.unlessEqual(lease.remaining, .zero, "the time that remains at the end")
        try LawBreach.unlessEqual(lease.end, .expired, "why the lease is over")
    }

    /// A lease or a wait out of range is refused, and takes nothing.
    public static let inputsAreChecked = LockLaw(
        "lease.inputs",
        "A lease or a wait out of its range is refused as invalid, takes nothing and does not end a held lease."
    ) { probe in
        let lengths: [Duration] = [
            .zero, .seconds(-1), LockLimits.shortestLease - .nanoseconds(1),
            LockLimits.longestLease + .nanoseconds(1), .seconds(Int64.max),
        ]
        for length in lengths {
            try await demandInvalid("a lease of \(length)") { _ = try await probe.acquire(for: length) }
        }
        try await demandInvalid("a wait of -1 ns") { _ = try await probe.acquire(wait: .nanoseconds(-1)) }
        let lease = try await probe.take()
        for length in lengths {
            try await demandInvalid("a renewal for \(length)") { _ = try await probe.renew(lease, for: length) }
        }
        try LawBreach.unless(lease.isHeld, "held after refused renewals", found: "ended as \(lease.end.debugText)")
        try LawBreach.unlessEqual(try await probe.release(lease), .released, "the release")
    }

    /// Setting the wall clock neither ends nor lengthens a lease.
    public static let wallClockPlaysNoPart = LockLaw(
        "lease.wall-clock",
        "Setting the wall clock an hour forward or back neither ends nor lengthens a lease or a wait."
    ) { probe in
        let lease = try await probe.take()
        try await probe.demandBusy("it is held", from: probe.second)
        for jump in [Duration.seconds(3_600), .seconds(-7_200)] {
            probe.clock.setWallTime(probe.clock.wall.now.advanced(by: jump))
            try await probe.demandBusy("only the wall clock moved", from: probe.second)
            try LawBreach.unlessEqual(lease.remaining, LockProbe.length, "the remaining time after a jump of \(jump)")
        }
        probe.clock.advance(by: LockProbe.length)
        _ = try await probe.take(from: probe.second)
    }

    /// Under contention a key has one holder at a time, and no turn is lost.
    public static let contendedKeysHaveOneHolder = LockLaw(
        "lease.contended",
        "Eight callers who take turns on two keys never hold one at once, lose no update, and each sees higher tokens."
    ) { probe in
        let resources = GuardedResources()
        let calls = (0..<8).map { caller in
            LawCall {
                for round in 0..<25 {
                    let key: FenceKey = (caller + round).isMultiple(of: 2) ? "a" : "b"
                    let provider = caller.isMultiple(of: 2) ? probe.first : probe.second
                    let lease = try await probe.take(
                        [key],
                        for: LockLimits.longestLease,
                        wait: LockProbe.long,
                        from: provider
                    )
                    try await resources.use(lease)
                    try await probe.release(lease)
                }
            }
        }
        _ = try await probe.pace.ends(of: calls, looks: 10_000, "all turns come to their end") { resources.updates }
        try LawBreach.unlessEqual(resources.updates, 200, "the updates of the guarded resources")
        try probe.demandNoResidue("after all turns")
    }

    private static func demandInvalid(_ what: String, _ call: () async throws -> Void) async throws {
        do {
            try await call()
        } catch let error as LockError where error.code == .invalid {
            return
        } catch {
            throw LawBreach(expected: "\(what): refused as invalid", found: "\(error)")
        }
        throw LawBreach(expected: "\(what): refused as invalid", found: "accepted")
    }
}
