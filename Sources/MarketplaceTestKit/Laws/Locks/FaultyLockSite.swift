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
