import MarketplaceCore
import MarketplaceStorage

/// What a call locks: each SKU it is about, and a slot of each id it names.
///
/// The lock of an id keeps calls of one id apart when they have no SKU in common, as a reservation and the release that
/// comes before it. Ids share slots, because a fence is kept for ever and there is no end of ids.
struct LockedKeys {
    /// How many slots there are: so many that two calls at a time hardly ever share one, so few that their fences are
    /// nothing to keep.
    static let slotCount = 1_024

    /// All keys, in the one order.
    let keys: LockKeys

    /// The keys of all rows that a query names, of which there is at least one.
    ///
    /// An inventory asks for at most as many rows as a lease has keys: ``InventoryLimits/linesPerReservation`` SKUs
    /// and one id.
    init(_ query: StockTableQuery, prefix: FenceKey) throws(InventoryError) {
        let skus = query.skus.map { FenceKey(unchecked: "\(prefix):\($0)") }
        let bits = query.reservations.map(\.bits) + query.changes.map(\.bits)
        do throws(LockError) {
            keys = try LockKeys(skus + bits.map { FenceKey(unchecked: "\(prefix)#\(Self.slot(of: $0))") })
        } catch {
            throw .failed(.notApplied(StoreFailure(.overloaded, error.message, isRetriable: false)))
        }
    }

    /// The slot of an id, the same for everybody; all bits count, because ids that follow each other differ in few.
    static func slot(of bits: UInt128) -> Int {
        let folded = UInt64(truncatingIfNeeded: bits) ^ UInt64(truncatingIfNeeded: bits >> 64)
        // Fibonacci hashing (Knuth, TAOCP volume 3, section 6.4): 2^64 divided by the golden ratio.
        let mixed = folded &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: mixed >> 32) % slotCount
    }
}
