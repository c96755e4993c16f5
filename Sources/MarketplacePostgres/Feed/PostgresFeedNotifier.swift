import MarketplaceCore
import MarketplaceStorage
import Synchronization

/// Tells those who listen, in whatever process, that there are new events: right after a commit, and of many together.
///
/// In a transaction of its own, because the server lets those that notify commit one at a time, each holding a lock of
/// the whole cluster until its sync is done. It is a hint, of which a process that is killed takes the last with it:
/// whoever waits looks for itself as well. So it is where an outcome is unknown, and may come before the commit.
final class PostgresFeedNotifier: Sendable {
    /// The channel; the payload of a notification is the name of a namespace.
    static let channel = "marketplace_feed"
    /// The shortest time between two transactions that notify: what is committed meanwhile is told of together.
    static let interval = Duration.milliseconds(10)

    private struct State {
        var untold: Set<StoreNamespace> = []
        /// Tells, and pauses after it; nil when there is nothing to be told of.
        var task: Task<Void, Never>?
        var isClosed = false
    }

    private let sessions: any PostgresSessions
    private let timeline: MonotonicTimeline
    private let state = Mutex(State())

    /// Makes a notifier.
    ///
    /// - Parameters:
    ///   - sessions: The connections, of which one is taken for as long as a notification takes.
    ///   - timeline: Measures the pauses.
    init(sessions: any PostgresSessions, timeline: MonotonicTimeline) {
        self.sessions = sessions
        self.timeline = timeline
    }

    /// Whether there is nothing to be told of, and the last pause is over.
    var isIdle: Bool { state.withLock { $0.task == nil } }

    /// Tells of events that were committed, soon.
    func note(_ namespaces: Set<StoreNamespace>) {
        state.withLock { state in
            guard !state.isClosed, !namespaces.isEmpty else { return }
            state.untold.formUnion(namespaces)
            // Detached, for it serves everybody and not only who happened to begin it.
            if state.task == nil { state.task = Task.detached { await self.tell() } }
        }
    }

    /// Tells of what is still untold, and uses no session any more when it returns.
    func close() async {
        let task = state.withLock { state in
            state.isClosed = true
            return state.task
        }
        task?.cancel()
        await task?.value
        if let namespaces = next() { await tell(of: namespaces) }
    }

    private func tell() async {
        while !Task.isCancelled, let namespaces = next() {
            // Whoever closes ends the pause, and not what is being told.
            await shielded { await self.tell(of: namespaces) }
            await timeline.sleep(for: Self.interval)
        }
    }

    private func tell(of namespaces: Set<StoreNamespace>) async {
        let statements = [PostgresWriter.begin, Self.unsynced, Self.statement(namespaces), PostgresWriter.commit]
        do throws(PostgresFailure) {
            try await sessions.withSession { session throws(PostgresFailure) in
                _ = try await session.run(statements)
            }
        } catch {
            // Nobody is told this time, and finds it when it looks; the pool rolls back what was begun.
        }
    }

    /// What is to be told of now; nil when there is nothing, and then nobody is at work.
    private func next() -> Set<StoreNamespace>? {
        state.withLock { state in
            guard !state.untold.isEmpty else {
                state.task = nil
                return nil
            }
            defer { state.untold = [] }
            return state.untold
        }
    }

    /// Notifies when the transaction commits that it is run in.
    static func statement(_ namespaces: Set<StoreNamespace>) -> PostgresStatement {
        PostgresStatement(
            "select count(pg_notify('\(channel)', name)::text) from unnest($1::text[]) as name",
            name: "marketplace_notify",
            values: [.texts(namespaces.sorted().map(\.text))]
        )
    }

    /// For whatever little such a transaction may write, such as pages that it tidies up.
    private static let unsynced = PostgresStatement(
        "select set_config('synchronous_commit', 'off', true)",
        name: "marketplace_unsynced"
    )
}
