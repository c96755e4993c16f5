/// A place where locks are kept whose requests can be made to fail: what ``LockFaultLaws`` are checked on.
public struct FaultyLockSite: Sendable {
    let site: LockSite
    let inject: @Sendable (LockFault, Int) async throws -> Void

    /// Describes a place.
    ///
    /// - Parameters:
    ///   - site: The place.
    ///   - inject: Lets so many of the next requests that change a lock end in a fault, in place of all faults that
    ///     were asked for before.
    public init(_ site: LockSite, inject: @escaping @Sendable (LockFault, Int) async throws -> Void) {
        self.site = site
        self.inject = inject
    }
}

/// What goes wrong between a lock provider and what keeps its locks.
public enum LockFault: Hashable, Sendable, CaseIterable {
    /// The request is refused, and that is known: what keeps the locks is down.
    case refuse
    /// The request is lost on its way, and no answer comes.
    case loseRequest
    /// The request takes effect, and its answer is lost.
    case loseAnswer
}
