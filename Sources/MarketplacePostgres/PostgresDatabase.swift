public import MarketplaceCore
public import MarketplaceStorage

/// A database of PostgreSQL with the stores of any number of namespaces.
///
/// ```swift
/// let database = try await PostgresDatabase(opening: pool)
/// let store = database.store(namespace: "main")
/// ```
///
/// Any number of processes may open one database. The tables, whose names begin with `marketplace_`, lie in the first
/// schema of the connections' `search_path`.
public final class PostgresDatabase: Sendable {
    /// The oldest server: PostgreSQL 14, the first with all the functions the feed is read by.
    public static let oldestServer: Int64 = 140_000

    let sessions: any PostgresSessions
    let transactions: PostgresTransactions
    let queue: GroupCommitQueue
    let writer: PostgresWriter
    let reader: PostgresReader
    let appended: ChangeNotifier
    let listener: PostgresFeedListener?
    let notifier: PostgresFeedNotifier
    let watch: PostgresFeedWatch
    let configuration: PostgresConfiguration
    let wallClock: any WallClock
    let timeline: MonotonicTimeline
    let observer: any Observer

    /// Opens a database, and brings its tables up to date unless the configuration says otherwise.
    ///
    /// The sessions cannot be listened to, so the commits of other processes are looked for every
    /// ``PostgresStore/lookInterval``.
    ///
    /// - Parameters:
    ///   - sessions: The connections.
    ///   - configuration: How its stores work.
    ///   - wallClock: Tells when the ids of committed transactions are to be forgotten.
    ///   - clock: Measures how long a reader waits for a change.
    ///   - observer: Is told when the feed is held back, see ``PostgresFeedHeld``.
    /// - Throws: ``PostgresOpeningError`` when the server cannot be reached, is too old, or refuses.
    public convenience init(
        opening sessions: some PostgresSessions,
        configuration: PostgresConfiguration = PostgresConfiguration(),
        wallClock: any WallClock = .system,
        clock: any Clock<Duration> = .continuous,
        observer: any Observer = .silent
    ) async throws(PostgresOpeningError) {
        try await self.init(
            sessions,
            listen: nil,
            configuration: configuration,
            wallClock: wallClock,
            clock: clock,
            observer: observer,
            probe: nil
        )
    }

    /// Opens a database whose sessions can be listened to; readers are told at once of the commits of other processes.
    ///
    /// - Parameters:
    ///   - sessions: The connections, of which one is kept for listening as soon as somebody waits for a change.
    ///   - configuration: How its stores work.
    ///   - wallClock: Tells when the ids of committed transactions are to be forgotten.
    ///   - clock: Measures how long a reader waits for a change.
    ///   - observer: Is told when the feed is held back, see ``PostgresFeedHeld``.
    /// - Throws: ``PostgresOpeningError`` when the server cannot be reached, is too old, or refuses.
    public convenience init(
        opening sessions: some PostgresListening,
        configuration: PostgresConfiguration = PostgresConfiguration(),
        wallClock: any WallClock = .system,
        clock: any Clock<Duration> = .continuous,
        observer: any Observer = .silent
    ) async throws(PostgresOpeningError) {
        try await self.init(
            listening: sessions,
            configuration: configuration,
            wallClock: wallClock,
            clock: clock,
            observer: observer,
            probe: nil
        )
    }

    convenience init(
        listening sessions: some PostgresListening,
        configuration: PostgresConfiguration,
        wallClock: any WallClock = .system,
        clock: any Clock<Duration> = .continuous,
        observer: any Observer = .silent,
        probe: (any PostgresWriterProbe)?
    ) async throws(PostgresOpeningError) {
        try await self.init(
            sessions,
            listen: { heard in
                do throws(PostgresFailure) {
                    try await sessions.listen(to: PostgresFeedNotifier.channel) { _ in heard() }
                } catch {
                    // Lost or cancelled: the listener begins anew, and readers look for themselves meanwhile.
                }
            },
            configuration: configuration,
            wallClock: wallClock,
            clock: clock,
            observer: observer,
            probe: probe
        )
    }

    private init(
        _ sessions: any PostgresSessions,
        listen: (@Sendable (@escaping @Sendable () -> Void) async -> Void)?,
        configuration: PostgresConfiguration,
        wallClock: any WallClock,
        clock: any Clock<Duration>,
        observer: any Observer,
        probe: (any PostgresWriterProbe)?
    ) async throws(PostgresOpeningError) {
        try await PostgresOpening(sessions: sessions, migrates: configuration.migrates).open()
        let appended = ChangeNotifier()
        let timeline = MonotonicTimeline(clock)
        let transactions = PostgresTransactions(
            sessions: sessions,
            lockTimeout: configuration.lockTimeout,
            probe: probe
        )
        // In real time: nobody who sets a clock of their own waits for it.
        let notifier = PostgresFeedNotifier(sessions: sessions, timeline: MonotonicTimeline())
        let writer = PostgresWriter(
            transactions: transactions,
            retention: configuration.receiptRetention,
            didAppend: { namespaces in
                appended.notify()
                notifier.note(namespaces)
            }
        )
        self.sessions = sessions
        self.transactions = transactions
        self.notifier = notifier
        self.writer = writer
        reader = PostgresReader(sessions)
        self.appended = appended
        self.timeline = timeline
        self.configuration = configuration
        self.wallClock = wallClock
        self.observer = observer
        watch = PostgresFeedWatch(tolerance: configuration.feedHoldTolerance)
        listener = listen.map { listen in
            PostgresFeedListener(timeline: timeline, heard: { appended.notify() }, listen: listen)
        }
        queue = GroupCommitQueue(batchSize: configuration.batchSize, executor: sessions.makeTaskExecutor()) {
            await writer.write($0)
        }
    }

    /// The store of a namespace.
    public func store(namespace: StoreNamespace) -> PostgresStore {
        PostgresStore(database: self, namespace: namespace)
    }

    /// Stops listening, and tells other processes of the last commits; the sessions are their owner's to close, after this.
    ///
    /// It takes a session: do not call it while you hold the only one. Stores can still be used; what they commit from
    /// now on is found by other processes when they look.
    public func close() async {
        listener?.close()
        await notifier.close()
    }

    /// Runs a short statement that reads, with whoever else is there.
    func read(short statement: PostgresStatement) async throws(StoreError) -> PostgresRows {
        do throws(PostgresFailure) {
            return try await reader.read(statement)
        } catch {
            throw .notApplied(error.storeFailure)
        }
    }

    /// Runs statements that read, on a session of the pool.
    func read(_ statements: [PostgresStatement]) async throws(StoreError) -> [PostgresRows] {
        do throws(PostgresFailure) {
            return try await sessions.withSession { session throws(PostgresFailure) in
                do throws(PostgresFailure) {
                    return try await session.run(statements)
                } catch {
                    // Only a page of the feed begins a transaction; a lone statement leaves nothing behind.
                    if statements.count > 1, error.isOfServer { _ = try? await session.run([PostgresWriter.rollback]) }
                    throw error
                }
            }
        } catch {
            throw .notApplied(error.storeFailure)
        }
    }

    /// Takes note of whether the feed is held back, and reports who holds it when that lasts.
    func noteFeed(isHeld: Bool, bound: Int64) async {
        guard let held = watch.note(isHeld: isHeld, bound: bound, at: timeline.now) else { return }
        guard let rows = try? await read([PostgresFeedHeld.statement]).first,
            let report = try? PostgresFeedHeld(rows, held: held)
        else { return }
        observer.record(report)
    }
}
