public import MarketplaceStorage

/// A store whose commits can be held just before they take effect: what ``HeldCommitLaws`` are checked on.
public struct HeldStoreSite: Sendable {
    /// How long reads may take while a commit is held, before a law says that they wait for it: far more than any
    /// server needs, so that a busy machine breaks no law.
    public static let defaultPatience = Duration.seconds(60)

    /// The store, empty.
    public let store: any Store
    /// What its commits pass last.
    public let gate: StoreGate
    /// How long reads may take while a commit is held.
    public let patience: Duration

    /// Describes a store.
    ///
    /// - Parameters:
    ///   - store: The store, empty; its driver passes the gate as the last thing before a commit takes effect.
    ///   - gate: The gate.
    ///   - patience: How long reads may take while a commit is held.
    public init(_ store: any Store, gate: StoreGate, patience: Duration = HeldStoreSite.defaultPatience) {
        self.store = store
        self.gate = gate
        self.patience = patience
    }
}
