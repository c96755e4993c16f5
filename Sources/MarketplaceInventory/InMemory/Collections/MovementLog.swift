/// The movements of one shard, numbered from 0; the oldest are forgotten when told so or when there are too many.
struct MovementLog: Sendable {
    struct Entry: Sendable {
        /// The id of the recorded change, or the reservation's.
        let subject: UInt128
        let quantity: Int64
        let time: Int64
        let reference: String?
        let slot: Int32
        /// Which of the SKU's locations.
        let place: UInt16
        let kind: CompactMovementKind
    }

    /// Movements are kept, and forgotten, in pieces of so many: 32 KiB each.
    private static let chunkSize = 512

    /// The full pieces.
    private var chunks: [[Entry]] = []
    /// The piece that is being filled.
    private var open: [Entry] = []
    private var firstChunkNumber: UInt64 = 0
    private let capacity: Int

    /// How many movements there have been.
    private(set) var end: UInt64 = 0

    init(capacity: Int) {
        self.capacity = max(capacity, Self.chunkSize)
    }

    /// The number of the oldest movement that is still known.
    var start: UInt64 { firstChunkNumber * UInt64(Self.chunkSize) }

    @inline(__always)
    mutating func append(_ entry: Entry) {
        if open.count == Self.chunkSize { sealOpenChunk() }
        open.append(entry)
        end += 1
    }

    @inline(never)
    private mutating func sealOpenChunk() {
        chunks.append(open)
        open = []
        open.reserveCapacity(Self.chunkSize)
        if (chunks.count + 1) * Self.chunkSize > capacity { dropFirstChunk() }
    }

    private mutating func dropFirstChunk() {
        chunks.removeFirst()
        firstChunkNumber += 1
    }

    /// Forgets movements before `number`, as far as whole pieces go.
    mutating func forget(before number: UInt64) {
        while !chunks.isEmpty, min(number, end) >= start + UInt64(Self.chunkSize) { dropFirstChunk() }
    }

    /// The movements from `number` on that are still known, at most `limit`.
    func entries(from number: UInt64, limit: Int) -> [Entry] {
        var result: [Entry] = []
        var number = max(number, start)
        while number < end, result.count < limit {
            let index = Int(number / UInt64(Self.chunkSize) - firstChunkNumber)
            let chunk = index < chunks.count ? chunks[index] : open
            let offset = Int(number % UInt64(Self.chunkSize))
            let slice = chunk[offset..<min(chunk.count, offset + limit - result.count)]
            result.append(contentsOf: slice)
            number += UInt64(slice.count)
        }
        return result
    }
}
