public import MarketplaceStorage

/// A database that outlives its processes: what ``DurableStoreLaws`` are checked on.
public struct DurableStoreSite: Sendable {
    let open: @Sendable () async throws -> any Store

    /// Describes a database.
    ///
    /// - Parameter open: Gives a store as a new process has it, over the same database each time, empty at first. What
    ///   it gave before is not used again: end it as the death of its process would, without any farewell.
    public init(open: @escaping @Sendable () async throws -> any Store) {
        self.open = open
    }
}
