public import MarketplaceCore
import Synchronization

/// An inventory in the memory of this process, made for many buyers of few things at once.
///
/// Reservations are spread over shards by their id and stock over shards by its SKU, each shard behind a lock of its
/// own. A call takes the lock of the reservation first and those of its SKUs after it in ascending order, so that no
/// two calls wait for each other in a circle, and nothing is awaited while a lock is held. Its calls are synchronous:
/// behind ``InventoryStore`` they complete without giving up the thread.
///
/// Nothing survives the process. Movements are kept until ``forgetMovements(before:)`` or until a shard has more of
/// them than ``Configuration/movementsPerShard``; ended reservations and the ids of changes for ``Configuration/retention``.
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
    /// Names this inventory among all, for the ids of its movements.
    let name = UInt128.random(in: 0 ... .max)
    let holds: Shards<HoldShard>
    let stocks: Shards<StockShard>
    /// Counts the overdue holds that have been ended.
    ///
    /// Whoever found too little while somebody else gave back what is overdue must look again: those units counted as
    /// available all the while.
    let endedOverdue = Atomic<UInt64>(0)

    /// An empty inventory.
    public init(configuration: Configuration = Configuration()) {
        holds = Shards(count: Self.holdShardCount) {
            HoldShard(retention: configuration.retention.wholeMicroseconds)
        }
        stocks = Shards(count: Self.stockShardCount) {
            StockShard(movementCapacity: configuration.movementsPerShard)
        }
    }

    /// Records a change of stock; see ``InventoryStore/record(_:)``.
    @discardableResult
    public func record(_ change: StockChange) throws(InventoryError) -> StockLevel {
        try change.validate()
        return try untilSettled(at: change.time) { attempt(change) }
    }

    private func attempt(_ change: StockChange) -> Result<StockLevel, InventoryRefusal> {
        let demand = demand(of: change.point, quantity: 0)
        let hash = seed.hash(change.id.bits)
        return holds.withLock(holds.index(of: hash)) { shard -> Result<StockLevel, InventoryRefusal> in
            if let known = shard.change(change.id.bits, hash: hash) {
                guard known.point == change.point, known.action == change.action else {
                    return .failure(.changeMismatch(change.id))
                }
                return .success(level(of: demand))
            }
            let result = stocks.withLock(demand.shard) { stock -> Result<StockLevel, InventoryRefusal> in
                do throws(InventoryRefusal) {
                    return .success(try stock.record(change, demand))
                } catch {
                    return .failure(error)
                }
            }
            if case .success = result {
                shard.remember(
                    KnownChange(
                        id: change.id.bits,
                        hash: hash,
                        time: change.time.microsecondsSinceEpoch,
                        point: change.point,
                        action: change.action
                    )
                )
            }
            return result
        }
    }

    /// Sets the terms of a SKU; see ``InventoryStore/setTerms(_:for:at:)``.
    public func setTerms(_ terms: SaleTerms, for sku: SKU, at time: Timestamp) throws(InventoryError) {
        try InventoryLimits.validate(sku)
        try terms.validate(for: sku)
        let demand = demand(of: StockPoint(sku), quantity: 0)
        stocks.withLock(demand.shard) { $0.setTerms(terms, of: demand) }
    }

    @inline(__always)
    func demand(of point: StockPoint, quantity: Int64) -> StockDemand {
        let hash = seed.hash(point.sku.text)
        return StockDemand(
            point: point,
            hash: hash,
            shard: stocks.index(of: hash),
            quantity: quantity,
            skuQuantity: quantity,
            isMain: point.location.text == LocationKey.main.text
        )
    }

    /// The level of a point.
    func level(of demand: StockDemand) -> StockLevel {
        stocks.withLock(demand.shard) { shard -> StockLevel? in
            guard let slot = shard.slot(of: demand) else { return nil }
            return shard.items[slot].place(of: demand).map(shard.items[slot].level(of:))
        } ?? StockLevel(sku: demand.sku, location: demand.point.location)
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
