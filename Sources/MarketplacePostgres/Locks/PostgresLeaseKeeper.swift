import MarketplaceStorage

/// Renews and releases a lease of a ``PostgresLockProvider``, all of its keys in one transaction.
struct PostgresLeaseKeeper: LeaseKeeper {
    let provider: PostgresLockProvider
    let table: PostgresLeaseTable

    private var count: Int { table.keys.sorted.count }

    func renew(for length: Duration) async throws(LockError) -> Bool {
        let ending = await provider.run {
            [table.renewing(for: length, $0)]
        } decide: { rows in
            let isHeld = rows[0].count == count
            return PostgresDecision(value: isHeld, statements: isHeld ? [] : nil)
        }
        return try Self.value(of: ending)
    }

    func release() async throws(LockError) -> LeaseReleaseOutcome {
        let ending = await provider.run {
            [table.releasing($0)]
        } decide: { rows throws(PostgresFailure) in
            var heldCount = 0
            for row in 0..<rows[0].count where try rows[0].flag(0, of: row) { heldCount += 1 }
            let outcome = heldCount == count ? LeaseReleaseOutcome.released : .notHeld
            return PostgresDecision(value: outcome, statements: rows[0].count > 0 ? [] : nil)
        }
        return try Self.value(of: ending)
    }

    private static func value<Value>(of ending: PostgresEnding<Value>) throws(LockError) -> Value {
        switch ending {
        case .told(let value): return value
        case .notApplied(let failure): throw LockError(.notApplied(failure.storeFailure))
        case .unknown(let failure): throw LockError(.unknown(failure.storeFailure))
        }
    }
}
