#if SQLite
/// How a database of SQLite is opened.
public struct SQLiteConfiguration: Sendable, Hashable {
    /// When a commit counts as written.
    public enum Synchronous: Sendable, Hashable {
        /// With every commit: what was acknowledged survives the loss of power. The default.
        case full
        /// At checkpoints only: what was acknowledged survives the end of the process, not the loss of power.
        case normal
    }

    /// The most connections that read: beyond it more threads stand in each other's way than get anything done.
    public static let mostReaders = 64
    /// The largest cache, a tebibyte: SQLite counts kibibytes in 32 bits.
    public static let mostCacheBytes: Int64 = 1 << 40

    /// When a commit counts as written.
    public var synchronous: Synchronous
    /// How many connections read; they work beside each other and beside the writer.
    ///
    /// Brought into the range from 1 to ``mostReaders``.
    public var readerCount: Int
    /// How long a transaction waits for another process that writes, before it fails as overloaded.
    public var busyTimeout: Duration
    /// How long the ids of committed transactions are remembered.
    public var receiptRetention: Duration
    /// The most callers that share one transaction and one sync; a bound for how long the first of them waits.
    ///
    /// At least 1.
    public var batchSize: Int
    /// The most bytes of a file whose pages are all checked when it is opened; larger ones are checked in part.
    public var checkedBytes: Int64
    /// The most bytes of the file that each connection keeps in memory; SQLite's own default is two million.
    ///
    /// What a commit touches is spread over the whole file: where it does not fit, every page is read again. Brought into
    /// the range from one page to ``mostCacheBytes``.
    public var cacheBytes: Int64

    /// Settings, each with its default.
    public init(
        synchronous: Synchronous = .full,
        readerCount: Int = 4,
        busyTimeout: Duration = .seconds(5),
        receiptRetention: Duration = .seconds(24 * 60 * 60),
        batchSize: Int = 1_024,
        checkedBytes: Int64 = 16 * 1_048_576,
        cacheBytes: Int64 = 16 * 1_048_576
    ) {
        self.synchronous = synchronous
        self.readerCount = readerCount
        self.busyTimeout = busyTimeout
        self.receiptRetention = receiptRetention
        self.batchSize = batchSize
        self.checkedBytes = checkedBytes
        self.cacheBytes = cacheBytes
    }
}
#endif
