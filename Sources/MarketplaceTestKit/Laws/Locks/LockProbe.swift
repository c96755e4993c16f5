import MarketplaceCore
import MarketplaceStorage

/// What a law of lock providers works with: two connections to one site, whose calls are noted.
struct LockProbe: Sendable {
    /// The lease that is asked for unless the law says otherwise.
    static let length = Duration.seconds(9)
    /// A wait or a lease that no law outlasts.
    static let long = Duration.seconds(12 * 60 * 60)

    let site: LockSite
    let history: LawHistory
    /// The first connection.
    let first: any LockProvider
    /// Another connection, as another process has it.
    let second: any LockProvider

    init(_ site: LockSite, history: LawHistory) async throws {
        self.site = site
        self.history = history
        first = try await site.connect()
        second = try await site.connect()
    }

    var clock: ManualClock { site.clock }
    var pace: LawPace { LawPace(clock: site.clock, attention: site.attention, patience: site.patience) }

    /// Asks for a lease, from the first connection unless told otherwise.
    func acquire(
        _ keys: [FenceKey] = ["a"],
        for length: Duration = LockProbe.length,
        wait: Duration = .zero,
        from provider: (any LockProvider)? = nil
    ) async throws -> LockOutcome {
        let tick = history.begin()
        let call = "acquire \(keys.prefix(6).map(\.text)) for \(length), wait \(wait), at \(pace.now)"
        do {
            let outcome = try await (provider ?? first).acquire(try LockKeys(keys), lease: length, wait: wait)
            history.end(tick, "\(call) → \(outcome.summary), at \(pace.now)")
            return outcome
        } catch {
            history.end(tick, "\(call) → \(error)")
            throw error
        }
    }

    /// Asks for a lease that must be given.
    func take(
        _ keys: [FenceKey] = ["a"],
        for length: Duration = LockProbe.length,
        wait: Duration = .zero,
        from provider: (any LockProvider)? = nil
    ) async throws -> Lease {
        let outcome = try await acquire(keys, for: length, wait: wait, from: provider)
        guard let lease = outcome.lease else {
            throw LawBreach(expected: "a lease on \(keys.prefix(6).map(\.text))", found: outcome.summary)
        }
        return lease
    }

    /// Asks for a lease that must not be given because the key is held.
    func demandBusy(
        _ why: String,
        of keys: [FenceKey] = ["a"],
        from provider: (any LockProvider)? = nil
    ) async throws {
        let outcome = try await acquire(keys, from: provider)
        guard case .busy = outcome else { throw LawBreach(expected: "busy: \(why)", found: outcome.summary) }
    }

    /// Takes keys whose holder is gone: looks once, lets the lease of the holder pass, and takes them.
    func takeOver(
        _ keys: [FenceKey] = ["a"],
        for length: Duration = LockProbe.length,
        from provider: (any LockProvider)? = nil
    ) async throws -> Lease {
        // A provider may have to see a lease stand still for its length before it knows that it is over.
        if let lease = try await acquire(keys, for: length, from: provider).lease { return lease }
        clock.advance(by: length)
        return try await take(keys, for: length, from: provider)
    }

    /// Renews a lease.
    func renew(_ lease: Lease, for length: Duration = LockProbe.length) async throws -> Bool {
        let tick = history.begin()
        let call = "renew \(lease.summary) for \(length), at \(pace.now)"
        do {
            let isHeld = try await lease.renew(for: length)
            history.end(tick, "\(call) → \(isHeld ? "held" : "not held")")
            return isHeld
        } catch {
            history.end(tick, "\(call) → \(error)")
            throw error
        }
    }

    /// Releases a lease.
    @discardableResult
    func release(_ lease: Lease) async throws -> LeaseReleaseOutcome {
        let tick = history.begin()
        do {
            let outcome = try await lease.release()
            history.end(tick, "release \(lease.summary), at \(pace.now) → \(outcome)")
            return outcome
        } catch {
            history.end(tick, "release \(lease.summary), at \(pace.now) → \(error)")
            throw error
        }
    }

    /// Begins to ask for a lease, and returns once the call waits or has ended.
    func waiting(
        _ keys: [FenceKey] = ["a"],
        for length: Duration = LockProbe.length,
        wait: Duration = LockProbe.long,
        from provider: (any LockProvider)? = nil
    ) async throws -> LawCall<LockOutcome> {
        let others = waitingCount
        let call = LawCall { try await acquire(keys, for: length, wait: wait, from: provider) }
        try await untilWaiting(call, besides: others)
        return call
    }

    /// How many callers wait: those who sleep on the clock, where the provider does not tell.
    var waitingCount: Int { site.waiting?() ?? clock.sleeperCount }

    /// Waits until a call for a lease waits besides the `others` that do, or has ended.
    func untilWaiting<Value>(_ call: LawCall<Value>, besides others: Int) async throws {
        try await pace.settle("a caller of a held key waits for it") {
            call.isOver || waitingCount > others
        } orElse: {
            call.cancel()
        }
    }

    /// The token of a key, which every lease on it has.
    func token(_ key: FenceKey = "a", of lease: Lease) throws(LawBreach) -> FencingToken {
        guard let token = lease.tokens[key] else {
            throw LawBreach(expected: "a fencing token of \(key)", found: "\(lease.summary)")
        }
        return token
    }

    /// Demands that nothing is kept for leases or callers any more, where the provider can tell.
    func demandNoResidue(_ when: String) throws(LawBreach) {
        guard let residue = site.residue else { return }
        try LawBreach.unlessEqual(residue(), 0, "what is kept for leases and callers \(when)")
    }
}

extension LockOutcome {
    /// What it says, in a line.
    var summary: String {
        switch self {
        case .acquired(let lease): "acquired \(lease.summary)"
        case .busy: "busy"
        case .unknown(let error): "unknown (\(error))"
        }
    }
}

extension Lease {
    /// The keys and tokens, the first few when there are many.
    var summary: String {
        keys.prefix(6).map { "\($0)#\(tokens[$0]?.value ?? 0)" }.joined(separator: " ")
    }
}

extension LeaseEnd? {
    /// The reason, in a word.
    var debugText: String { map { "\($0)" } ?? "not at all" }
}

extension Law where Subject == LockSite {
    /// Makes a law whose body works with a probe.
    init(_ name: String, _ statement: String, probing body: @escaping @Sendable (LockProbe) async throws -> Void) {
        self.init(name, statement) { site, history in
            try await body(try await LockProbe(site, history: history))
        }
    }
}
