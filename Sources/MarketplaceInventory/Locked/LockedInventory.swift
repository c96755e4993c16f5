public import MarketplaceCore
public import MarketplaceStorage

/// An inventory on tables of one's own, kept by locks: lock, read, check, write.
///
/// A call takes one lease on everything it is about (each SKU, and a slot of the ids it names), all at once and in the
/// one order of ``LockKeys``, reads the rows, decides, and writes new rows and movements in one step with the fencing
/// tokens of the lease. Rules, refusals and movements are those of the other forms.
///
/// **What keeps stock from being sold twice is the fence, not the lock.** A lease may end while its holder does not
/// notice; the write then meets the token of whoever has written since, and is refused (see ``StockFence``). The lock
/// only keeps callers from getting in each other's way. A busy lock, a lost lease and a stale fence are tried again up
/// to ``Configuration/maximumAttempts``, then the call ends as ``InventoryError/contended(attempts:)``. An answer that
/// writes nothing is given only when the lease still stood after the reading.
///
/// **A write whose outcome is unknown** is looked for: a fence that has become the token of the lease proves that it
/// was applied. Otherwise the call begins again under a new lease. Every id is the caller's, so if the write took effect
/// after all, the call is a repetition; if it is still under way, the new write replaces the token that the old one
/// expects, and one of the two is refused. When the attempts end with a write in doubt, the call ends as unknown and
/// can be made again.
///
/// **Cancellation** is honoured up to the write. From there a call goes to its end, and the lease is released on every
/// path.
///
/// A call costs one lease, one read and one write; one about a known reservation reads once more to learn its SKUs,
/// and only that once when nothing is to change.
public struct LockedInventory: InventoryStore {
    /// The bounds of an inventory that is kept by locks.
    public struct Configuration: Hashable, Sendable {
        /// How long a lease lasts.
        ///
        /// It is not renewed: reading and writing take a small part of it.
        public var lease: Duration
        /// How long one attempt waits for its lease.
        ///
        /// All attempts together should outlast a lease, so that a holder that died costs time and not an error.
        public var wait: Duration
        /// What the keys of the locks begin with: `inventory:<sku>` for a SKU, `inventory#<number>` for a slot of ids.
        ///
        /// At most ``maximumPrefixBytes`` bytes. Whoever changes it must see to it that nobody works with the old one.
        public var keyPrefix: FenceKey
        /// How often a call is tried while others are in its way.
        public var maximumAttempts: Int
        /// How long an ended reservation and a recorded change are remembered, by the times of the calls.
        public var retention: Duration

        /// The longest prefix: with a SKU it still is a lock key.
        public static let maximumPrefixBytes = FenceKey.maximumLength - InventoryLimits.skuBytes - 1

        /// Makes a configuration; `maximumAttempts` is at least one.
        public init(
            lease: Duration = .seconds(10),
            wait: Duration = .seconds(2),
            keyPrefix: FenceKey = "inventory",
            maximumAttempts: Int = 8,
            retention: Duration = InventoryLimits.defaultRetention
        ) {
            self.lease = lease
            self.wait = wait
            self.keyPrefix = keyPrefix
            self.maximumAttempts = max(1, maximumAttempts)
            self.retention = retention
        }
    }

    let table: any StockTable
    let locks: any LockProvider
    let configuration: Configuration

    /// The inventory in `table`, kept by `locks`.
    ///
    /// All that work on one table use the same locks, the same prefix, and a provider whose tokens rise for as long as
    /// the table lives: one that began anew would be refused until it has caught up.
    ///
    /// - Parameters:
    ///   - table: Keeps the rows.
    ///   - locks: Gives the leases.
    ///   - configuration: The bounds; lease and wait are within ``LockLimits``.
    public init(table: any StockTable, locks: any LockProvider, configuration: Configuration = Configuration()) {
        precondition(
            (try? LockLimits.validate(lease: configuration.lease, wait: configuration.wait)) != nil,
            "lease or wait is out of its range"
        )
        precondition(
            configuration.keyPrefix.text.utf8.count <= Configuration.maximumPrefixBytes,
            "the prefix of the keys is too long"
        )
        self.table = table
        self.locks = locks
        self.configuration = configuration
    }

    /// Sets the terms of a SKU; see ``InventoryStore/setTerms(_:for:at:)``.
    public func setTerms(_ terms: SaleTerms, for sku: SKU, at time: Timestamp) async throws(InventoryError) {
        try InventoryLimits.validate(sku)
        try terms.validate(for: sku)
        try await attempting { () async throws(InventoryError) -> Step<Void> in
            try await underLease(StockTableQuery(skus: [sku])) { decision throws(InventoryError) in
                decision.setTerms(terms, for: sku)
                return .answer(.success(()))
            }
        }
    }

    /// Records a change of stock; see ``InventoryStore/record(_:)``.
    @discardableResult
    public func record(_ change: StockChange) async throws(InventoryError) -> StockLevel {
        try change.validate()
        let points = Set(change.movements.map(\.point) + [change.point])
        let query = StockTableQuery(skus: [change.point.sku], points: points.sorted(), changes: [change.id])
        return try await attempting { () async throws(InventoryError) -> Step<StockLevel> in
            try await underLease(query, endingOverdueAt: change.time) { decision, overdue in
                let step = Step.deciding { () throws(InventoryRefusal) in try decision.record(change) }
                if case .answer(.failure(let refusal)) = step, refusal.mayBeLiftedByExpiry { overdue = .any }
                return step
            }
        }
    }
}
