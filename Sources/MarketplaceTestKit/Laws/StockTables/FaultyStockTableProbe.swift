import MarketplaceCore
import MarketplaceInventory
import MarketplaceStorage

/// What a law of failing writes works with: the table, whose calls are noted, and the faults of its writes.
struct FaultyStockTableProbe: Sendable {
    /// The table under the law.
    let table: any StockTable
    private let site: FaultyStockTableSite
    private let history: LawHistory

    init(_ site: FaultyStockTableSite, history: LawHistory) {
        self.site = site
        self.history = history
        table = RecordingStockTable(site.table, history: history, name: "1")
    }

    /// Lets so many of the next writes end in a fault, performs `body`, and ends all faults; demands that at least one
    /// came about, for one that did not proves nothing.
    func during<Value>(_ fault: StoreFault, _ count: Int, _ body: () async throws -> Value) async throws -> Value {
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
        history.end(history.begin(), "the next \(count) writes: \(fault)")
        _ = try await site.inject(fault, count)
        let value = try await body()
        let fired = try await site.inject(fault, 0)
        history.end(history.begin(), "no more faults; \(fired) came about")
        return (value, fired)
    }

    /// Makes the write of a number, whose fences are good, and demands that an error may be retried.
    ///
    /// - Returns: What the error says; nil when the write was applied.
    func write(_ number: Int) async throws -> EffectOutcome? {
        let write = try await StockTableScene.write(number)
        do throws(StockTableError) {
            try await table.write(write)
            return nil
        } catch {
            try LawBreach.unless(error.isRetriable, "not applied or unknown, and to be retried", found: "\(error)")
            return error.effect
        }
    }
}

extension Law where Subject == FaultyStockTableSite {
    /// Makes a law whose body works with a probe and injects faults.
    init(
        _ name: String,
        _ statement: String,
        probing body: @escaping @Sendable (FaultyStockTableProbe) async throws -> Void
    ) {
        self.init(name, statement) { site, history in
            try await body(FaultyStockTableProbe(site, history: history))
        }
    }
}
