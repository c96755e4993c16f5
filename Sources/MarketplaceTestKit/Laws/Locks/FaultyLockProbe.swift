/// What a law of failing requests works with: a probe of the site, and the faults of its requests.
struct FaultyLockProbe: Sendable {
    let probe: LockProbe
    private let injecting: @Sendable (LockFault, Int) async throws -> Void

    init(_ faulty: FaultyLockSite, history: LawHistory) async throws {
        probe = try await LockProbe(faulty.site, history: history)
        injecting = faulty.inject
    }

    /// Lets so many of the next requests end in a fault, in place of all faults before.
    func inject(_ fault: LockFault, _ count: Int) async throws {
        probe.history.end(probe.history.begin(), "the next \(count) requests: \(fault)")
        try await injecting(fault, count)
    }
}

extension Law where Subject == FaultyLockSite {
    /// Makes a law whose body works with a probe and injects faults.
    init(
        _ name: String,
        _ statement: String,
        probing body: @escaping @Sendable (FaultyLockProbe) async throws -> Void
    ) {
        self.init(name, statement) { faulty, history in
            try await body(try await FaultyLockProbe(faulty, history: history))
        }
    }
}
