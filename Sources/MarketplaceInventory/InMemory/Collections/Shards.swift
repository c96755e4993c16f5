import Synchronization

/// A fixed number of states, each behind its own lock and far enough from the next for two processors.
///
/// The states stand in one block of memory that lives as long as this value, not in an object each: reaching one
/// counts no references, which would be a write that all processors share.
@safe struct Shards<State: Sendable>: ~Copyable, @unchecked Sendable {
    // The proof for `@unchecked Sendable`: the pointer is set once, the cells it points to are never moved nor handed
    // out, and all they hold is a lock around sendable state and an atomic number.
    private let cells: UnsafeMutablePointer<ShardCell<State>>

    /// How many shards there are; a power of two.
    let count: Int

    init(count: Int, _ makeState: () -> State) {
        precondition(count > 0 && count & (count - 1) == 0, "the number of shards is a power of two")
        self.count = count
        unsafe cells = .allocate(capacity: count)
        for index in 0..<count {
            unsafe (cells + index).initialize(to: ShardCell(makeState()))
        }
    }

    deinit {
        unsafe cells.deinitialize(count: count)
        unsafe cells.deallocate()
    }

    /// The shard of a hash.
    ///
    /// Tables inside a shard use the lower bits.
    @inline(__always)
    func index(of hash: UInt64) -> Int {
        Int(truncatingIfNeeded: hash >> 40) & (count &- 1)
    }

    /// Performs `body` with the state of a shard while nobody else can.
    @inline(__always)
    func withLock<Result: Sendable>(_ index: Int, _ body: (inout State) -> Result) -> Result {
        // All callers get their index from `index(of:)` or from counting up to `count`.
        unsafe cells[index & (count &- 1)].state.withLock { state in body(&state) }
    }

    /// A number next to a shard that can be read without its lock.
    @inline(__always)
    func hint(_ index: Int) -> Int64 {
        unsafe cells[index & (count &- 1)].hint.load(ordering: .acquiring)
    }

    /// Sets the number next to a shard; to be called with the shard's lock held.
    @inline(__always)
    func setHint(_ index: Int, _ value: Int64) {
        unsafe cells[index & (count &- 1)].hint.store(value, ordering: .releasing)
    }
}

/// One state with its lock, a number that can be read without it, and room up to the next cell: 128 bytes, which is
/// what processors that fetch cache lines in pairs write at once.
struct ShardCell<State: Sendable>: ~Copyable {
    let state: Mutex<State>
    let hint = Atomic<Int64>(.max)
    private let padding: (Int64, Int64, Int64, Int64, Int64, Int64, Int64, Int64) = (0, 0, 0, 0, 0, 0, 0, 0)
    private let morePadding: (Int64, Int64, Int64, Int64, Int64, Int64, Int64, Int64) = (0, 0, 0, 0, 0, 0, 0, 0)

    init(_ state: State) {
        self.state = Mutex(state)
    }
}
