/// What wakes a lock table when a lease has run out or a wait has taken too long: one sleeping task for all.
struct LockAlarm: Sendable {
    /// Tells it from those set before and after.
    let number: UInt64
    /// When it rings.
    let due: Duration
    /// What sleeps until then.
    let task: Task<Void, Never>
}
