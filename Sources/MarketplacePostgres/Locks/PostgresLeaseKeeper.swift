import MarketplaceStorage

/// Renews and releases a lease of a ``PostgresLockProvider``, all of its keys in one transaction.
struct PostgresLeaseKeeper: LeaseKeeper {
    let provider: PostgresLockProvider
    let table: PostgresLeaseTable

    private var count: Int { table.keys.sorted.count }

    func renew(for length: Duration) async throws(LockError) -> Bool {
        let ending = await provider.run { namespace in
            table.renewing(for: length, namespace)
        } decide: { rows throws(PostgresFailure) in
            let isHeld = try table.own(in: rows).heldCount == count
            return PostgresDecision(value: isHeld, statements: isHeld ? [] : nil)
        }
        return try Self.value(of: ending)
    }

    func release() async throws(LockError) -> LeaseReleaseOutcome {
        let ending = await provider.run { namespace in
            table.releasing(namespace)
        } decide: { rows throws(PostgresFailure) in
            let own = try table.own(in: rows)
            let outcome = own.heldCount == count ? LeaseReleaseOutcome.released : .notHeld
            return PostgresDecision(value: outcome, statements: own.count > 0 ? [] : nil)
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
