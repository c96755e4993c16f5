/// What stands behind a ``Lease``: the adapter's half of renewing and releasing; for adapters.
public protocol LeaseKeeper: Sendable {
    /// Makes the lease last `length` from now on; false when it is no longer held.
    func renew(for length: Duration) async throws(LockError) -> Bool

    /// Frees all keys that are still held.
    ///
    /// Releasing again is harmless: nothing that a successor holds is freed.
    func release() async throws(LockError) -> LeaseReleaseOutcome
}

/// What releasing a lease did.
public enum LeaseReleaseOutcome: Hashable, Sendable {
    /// The keys were held until now, and are free.
    case released
    /// Not all keys were held any more: the lease had run out, or was released before.
    case notHeld
}

/// Why a lease is over.
public enum LeaseEnd: Hashable, Sendable {
    /// Its time ran out.
    case expired
    /// Renewing showed that it is held no longer.
    case takenOver
    /// Its holder released it.
    case released
}
