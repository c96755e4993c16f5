public import MarketplaceCore

/// An inventory in the memory of this process, made for many buyers of few things at once.
///
/// Reservations are spread over shards by their id and stock over shards by its SKU, each shard behind a lock of its
/// own. A call takes the lock of the reservation first and those of its SKUs after it in ascending order, so that no
/// two calls wait for each other in a circle, and nothing is awaited while a lock is held. Its calls are synchronous:
/// behind ``InventoryStore`` they complete without giving up the thread.
///
/// Nothing survives the process. Movements are kept until ``forgetMovements(before:)`` or until a shard has more of
/// them than ``Configuration/movementsPerShard``; ended reservations for ``Configuration/retention``.
public final class InMemoryInventory: InventoryStore {
    /// The bounds of an inventory in memory.
    public struct Configuration: Hashable, Sendable {
        /// How long an ended reservation and a receipt are remembered, by the times of the calls.
        public var retention: Duration
        /// How many movements one of the 32 shards of stock keeps before it forgets the oldest.
        ///
        /// The default of 131,072 bounds the memory for all of them to 256 MiB when no relay ever comes by.
        public var movementsPerShard: Int

        /// Makes a configuration.
        public init(retention: Duration = InventoryLimits.defaultRetention, movementsPerShard: Int = 131_072) {
            self.retention = retention
            self.movementsPerShard = movementsPerShard
        }
    }

    /// More than there are processors in most machines, few enough to look at all of them.
    private static let holdShardCount = 64
    private static let stockShardCount = 32

    let seed = HashSeed()
    let holds: Shards<HoldShard>
    let stocks: Shards<StockShard>

    /// An empty inventory.
    public init(configuration: Configuration = Configuration()) {
        holds = Shards(count: Self.holdShardCount) {
            HoldShard(retention: configuration.retention.wholeMicroseconds)
        }
        stocks = Shards(count: Self.stockShardCount) {
            StockShard(movementCapacity: configuration.movementsPerShard)
        }
    }

    /// Takes in stock; see ``InventoryStore/receive(_:)``.
    @discardableResult
    public func receive(_ receipt: StockReceipt) throws(InventoryError) -> StockLevel {
        try InventoryLimits.validate(receipt.sku)
        let demand = demand(of: receipt.sku, quantity: Int64(receipt.quantity.value))
        let hash = seed.hash(receipt.id.bits)
        return try holds.withLock(holds.index(of: hash)) { shard in
            if let known = shard.receipt(receipt.id.bits, hash: hash) {
                guard known.sku == receipt.sku, known.quantity == demand.quantity else {
                    return Result<StockLevel, InventoryRefusal>.failure(.receiptMismatch(receipt.id))
                }
                return .success(level(of: demand) ?? StockLevel(sku: receipt.sku, onHand: 0, held: 0, allocated: 0))
            }
            let result = stocks.withLock(demand.shard) { $0.receive(demand, receipt) }
            if case .success = result {
                shard.remember(
                    KnownReceipt(
                        id: receipt.id.bits,
                        hash: hash,
                        time: receipt.time.microsecondsSinceEpoch,
                        sku: receipt.sku,
                        quantity: demand.quantity
                    )
                )
            }
            return result
        }.orThrow()
    }

    /// Sets the terms of a SKU; see ``InventoryStore/setTerms(_:for:at:)``.
    public func setTerms(_ terms: SaleTerms, for sku: SKU, at time: Timestamp) throws(InventoryError) {
        try InventoryLimits.validate(sku)
        try terms.validate(for: sku)
        let demand = demand(of: sku, quantity: 0)
        stocks.withLock(demand.shard) { $0.setTerms(terms, of: demand) }
    }

    @inline(__always)
    func demand(of sku: SKU, quantity: Int64) -> StockDemand {
        let hash = seed.hash(sku.text)
        return StockDemand(sku: sku, hash: hash, shard: stocks.index(of: hash), quantity: quantity)
    }

    /// The level of a SKU; nil when it is unknown.
    func level(of demand: StockDemand) -> StockLevel? {
        stocks.withLock(demand.shard) { shard in
            shard.slot(of: demand).map { shard.items[$0].level }
        }
    }
}

extension Result where Failure == InventoryRefusal {
    /// The value, or the refusal as an error of the inventory.
    @inline(__always)
    func orThrow() throws(InventoryError) -> Success {
        switch self {
        case .success(let value): return value
        case .failure(let refusal): throw .refused(refusal)
        }
    }
}
