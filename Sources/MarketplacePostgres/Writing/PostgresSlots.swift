import MarketplaceCore
import MarketplaceStorage

/// The locks that a batch takes before it reads anything.
///
/// They are advisory locks of the transaction, taken in ascending order before the transaction has a number. So there
/// are no deadlocks, what was read is still true when it is written, also of rows that do not exist, and of two
/// transactions that write one stream the one with the lower number comes first: the order of the feed.
///
/// The server keeps its locks in a table of fixed size (`max_locks_per_transaction`, 64, times `max_connections`), so a
/// large batch cannot lock every key. The keys of a namespace fall into few *slots*: a small batch shares the slots of
/// its keys with other small ones and locks the keys themselves, a large one has its slots for itself alone.
struct PostgresSlots {
    /// How many slots a namespace has: the same for all releases that share a database.
    static let slotsPerNamespace: UInt32 = 256
    /// Up to how many keys a batch locks keys rather than slots: what an ordinary order touches, several times over.
    static let mostKeys = 64
    /// The first halves of the locks' names, so that they meet nobody else's: "MkPl" for slots, "MkPk" for keys.
    static let slotClass: Int64 = 0x4D6B_506C
    static let keyClass: Int64 = 0x4D6B_506B

    /// What kind of thing a key names; the numbers are as fixed as the number of slots.
    enum Kind: UInt8 {
        case stream = 1
        case document = 2
        case unique = 3
        case counter = 4
        case fence = 5
        case transaction = 6
    }

    private var slots: Set<Int64> = []
    private var keys: Set<Int64> = []

    /// Adds a key.
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
        let key = UInt32(truncatingIfNeeded: hash ^ hash >> 32)
        // Namespaces are numbered from 1 on, so that two of them share slots only when there are millions.
        let slot = UInt32(truncatingIfNeeded: namespace) &* Self.slotsPerNamespace &+ key % Self.slotsPerNamespace
        keys.insert(Int64(Int32(bitPattern: key)))
        slots.insert(Int64(Int32(bitPattern: slot)))
    }

    /// The locks in the order in which they are taken, as values of ``PostgresLocking``: their kinds and their numbers.
    var locks: [PostgresValue] {
        let isLarge = keys.count > Self.mostKeys
        let kind = isLarge ? PostgresLocking.Kind.slot : .sharedSlot
        var kinds = [Int64](repeating: kind.rawValue, count: slots.count)
        var numbers = slots.sorted()
        if !isLarge {
            kinds += [Int64](repeating: PostgresLocking.Kind.key.rawValue, count: keys.count)
            numbers += keys.sorted()
        }
        return [.bigints(kinds), .bigints(numbers)]
    }

    // FNV-1a of 64 bits (Fowler, Noll, Vo; draft-eastlake-fnv): the same in every process and release.
    private static let offset: UInt64 = 0xCBF2_9CE4_8422_2325
    private static let prime: UInt64 = 0x100_0000_01B3

    private static func combine(_ byte: UInt8, into hash: inout UInt64) {
        hash = (hash ^ UInt64(byte)) &* prime
    }
}
