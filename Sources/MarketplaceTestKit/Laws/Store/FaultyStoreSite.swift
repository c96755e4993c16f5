public import MarketplaceStorage

/// A store whose commits can be made to fail: what ``StoreFaultLaws`` are checked on.
public struct FaultyStoreSite: Sendable {
    /// The store, empty.
    public let store: any Store
    let inject: @Sendable (StoreFault, Int) async throws -> Int

    /// Describes a store.
    ///
    /// - Parameters:
    ///   - store: The store, empty.
    ///   - inject: Lets so many of the next requests that commit end in a fault, in place of all faults that were
    ///     asked for before, and returns how many of those came about. An attempt that the store makes again by itself
    ///     is a request of its own; reads do not count.
    public init(_ store: any Store, inject: @escaping @Sendable (StoreFault, Int) async throws -> Int) {
        self.store = store
        self.inject = inject
    }
}
