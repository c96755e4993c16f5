/// Gives leases on keys: locks that end by themselves.
///
/// No lease-based lock can promise that its holder is alone: a paused holder does not notice that its lease ran out.
/// That is what the fencing token is for. It rises with every lease given on a key, and a guarded store that is shown
/// it (``TransactionGuard/fence(_:_:)``) refuses whoever comes with an older one.
///
/// The promises every adapter keeps:
/// - A key has at most one holder whose lease has not run out. Several keys are given together or not at all.
/// - The token of a key strictly increases from lease to lease, through release, expiry and restart.
/// - A holder that has lost its lease can neither renew it nor end the lease of its successor.
public protocol LockProvider: Sendable {
    /// Asks for a lease on `keys` that ends `lease` after it was given, and waits up to `wait` for it.
    ///
    /// A wait of zero does not wait. When the task is cancelled while it waits, ``LockError/Code/cancelled`` is
    /// thrown and nothing is left behind.
    func acquire(_ keys: LockKeys, lease: Duration, wait: Duration) async throws(LockError) -> LockOutcome
}

/// A provider that serves those who wait for a key in the order they came.
public protocol FairLockProvider: LockProvider {}

/// How asking for a lease ended.
public enum LockOutcome: Sendable {
    /// The lease is the caller's.
    case acquired(Lease)
    /// Somebody else held a key for as long as the caller would wait.
    case busy
    /// The answer was lost: the caller may hold the keys without knowing, until the lease it asked for runs out.
    case unknown(LockError)

    /// The lease, if there is one.
    public var lease: Lease? {
        if case .acquired(let lease) = self { lease } else { nil }
    }
}

/// The bounds that every lock provider keeps.
public enum LockLimits {
    /// The shortest lease: below it, clocks and networks decide more than the holder does.
    public static let shortestLease = Duration.milliseconds(10)
    /// The longest lease: who needs to hold a key for longer renews.
    public static let longestLease = Duration.seconds(24 * 60 * 60)

    /// Checks what a caller asks for; every adapter calls it before anything else.
    public static func validate(lease: Duration, wait: Duration = .zero) throws(LockError) {
        guard lease >= shortestLease, lease <= longestLease else {
            throw LockError(.invalid, "a lease lasts \(shortestLease) to \(longestLease), not \(lease)")
        }
        guard wait >= .zero else { throw LockError(.invalid, "a wait is not negative") }
    }
}
