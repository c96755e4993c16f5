import MarketplaceCore
import MarketplaceStorage

/// What a law of failing commits works with: a probe of the store, and the faults of its commits.
struct FaultyStoreProbe: Sendable {
    /// How a commit ended that may end in three ways.
    enum Outcome: Equatable {
        case applied(CommitReceipt)
        case notApplied
        case unknown
    }

    let probe: StoreProbe
    private let site: FaultyStoreSite
    private let history: LawHistory

    init(_ site: FaultyStoreSite, history: LawHistory) {
        self.site = site
        self.history = history
        probe = StoreProbe(site.store, history: history)
    }

    /// Lets so many of the next commits end in a fault, performs `body`, and ends all faults; demands that at least
    /// one came about, for one that did not proves nothing.
    func during<Value>(_ fault: StoreFault, _ count: Int = 1, _ body: () async throws -> Value) async throws -> Value {
        let (value, fired) = try await duringAny(fault, count, body)
        try LawBreach.unless(fired > 0, "the fault \(fault) that was asked for", found: "it did not come about")
        return value
    }

    /// The same, and says how many faults came about.
    func duringAny<Value>(
        _ fault: StoreFault,
        _ count: Int,
        _ body: () async throws -> Value
    ) async throws -> (Value, fired: Int) {
        history.end(history.begin(), "the next \(count) commits: \(fault)")
        _ = try await site.inject(fault, count)
        let value = try await body()
        let fired = try await site.inject(fault, 0)
        history.end(history.begin(), "no more faults; \(fired) came about")
        return (value, fired)
    }

    /// Commits, and demands that an error says not applied or unknown, and may be retried.
    func commit(_ transaction: Transaction) async throws -> Outcome {
        do throws(StoreError) {
            return .applied(try await probe.store.commit(transaction))
        } catch {
            try LawBreach.unless(error.isRetriable, "an error that can be retried", found: "\(error)")
            switch error {
            case .notApplied: return .notApplied
            case .unknown: return .unknown
            case .conflict, .invalid: throw LawBreach(expected: "not applied or unknown", found: "\(error)")
            }
        }
    }
}

extension Law where Subject == FaultyStoreSite {
    /// Makes a law whose body works with a probe and injects faults.
    init(
        _ name: String,
        _ statement: String,
        probing body: @escaping @Sendable (FaultyStoreProbe) async throws -> Void
    ) {
        self.init(name, statement) { site, history in
            try await body(FaultyStoreProbe(site, history: history))
        }
    }
}
