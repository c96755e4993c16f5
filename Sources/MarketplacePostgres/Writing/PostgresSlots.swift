import MarketplaceCore
import MarketplaceStorage

/// The locks that a batch takes before it reads anything: one for each slot that one of its keys falls into.
///
/// They are advisory locks of the transaction, taken in ascending order before the transaction has a number. So there
/// are no deadlocks, what was read is still true when it is written, also of rows that do not exist, and of two
/// transactions that write one stream the one with the lower number comes first: the order of the feed.
///
/// There are few slots, for the server keeps its locks in a table of fixed size (`max_locks_per_transaction`, 64 times
/// `max_connections` by default: 6,400). Two batches of two processes that share a slot by chance wait for each other as
/// if they shared a key.
struct PostgresSlots {
    /// How many slots there are: the same for all releases that share a database.
    static let count: UInt64 = 256
    /// The first half of the locks' names, so that they meet nobody else's: "MkPl".
    static let lockClass: Int64 = 0x4D6B_506C

    /// What kind of thing a key names; the numbers are as fixed as the number of slots.
    enum Kind: UInt8 {
        case stream = 1
        case document = 2
        case unique = 3
        case counter = 4
        case fence = 5
        case transaction = 6
        case stockTable = 7
    }

    private var taken: Set<Int64> = []

    /// The slots in the order in which they have to be locked.
    var sorted: [Int64] { taken.sorted() }

    /// Adds the slot of a key.
    mutating func insert(_ kind: Kind, namespace: Int64, _ parts: String...) {
        var hash = Self.offset
        Self.combine(kind.rawValue, into: &hash)
        for shift in stride(from: Int64(56), through: 0, by: -8) {
            Self.combine(UInt8(truncatingIfNeeded: namespace >> shift), into: &hash)
        }
        for part in parts {
            for byte in part.utf8 { Self.combine(byte, into: &hash) }
            // No key has this byte, so that no two lists of parts are the same bytes.
            Self.combine(0, into: &hash)
        }
        taken.insert(Int64(hash % Self.count))
    }

    // FNV-1a of 64 bits (Fowler, Noll, Vo; draft-eastlake-fnv): the same in every process and release.
    private static let offset: UInt64 = 0xCBF2_9CE4_8422_2325
    private static let prime: UInt64 = 0x100_0000_01B3

    private static func combine(_ byte: UInt8, into hash: inout UInt64) {
        hash = (hash ^ UInt64(byte)) &* prime
    }
}
