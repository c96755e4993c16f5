public import MarketplaceStorage

/// A store whose commits can be held just before they take effect: what ``HeldCommitLaws`` are checked on.
public struct HeldStoreSite: Sendable {
    /// The store, empty.
    public let store: any Store
    /// What its commits pass last.
    public let gate: StoreGate

    /// Describes a store.
    ///
    /// - Parameters:
    ///   - store: The store, empty; its driver passes the gate as the last thing before a commit takes effect.
    ///   - gate: The gate.
    public init(_ store: any Store, gate: StoreGate) {
        self.store = store
        self.gate = gate
    }
}
