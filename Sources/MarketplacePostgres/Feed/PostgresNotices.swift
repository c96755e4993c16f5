import MarketplaceCore
import MarketplaceStorage
import Synchronization

/// Tells other processes of new events, in transactions of its own behind those that wrote them.
///
/// A transaction that notifies locks the queue of notifications, which is one for all databases of the server, until its
/// commit is on the disk (`PreCommit_Notify` in the server's `async.c`): if those that write notified as well, they would
/// be committed one after the other, whoever wrote them. Here one that writes nothing, and waits for no disk, speaks for
/// all events of a few milliseconds. A notice that is lost with its process is made up for by the readers' own looks.
final class PostgresNotices: Sendable {
    /// On which new events are told of; the payload is the name of the namespace.
    static let channel = "marketplace_feed"
    /// How long one notice is at least behind another: few enough to cost nothing, and sooner than anybody sees.
    static let pause = Duration.milliseconds(5)

    private let sessions: any PostgresSessions
    private let timeline: MonotonicTimeline
    /// The namespaces with events nobody was told of yet; nil while there is no task that tells.
    private let owed = Mutex<Set<StoreNamespace>?>(nil)

    init(_ sessions: any PostgresSessions, timeline: MonotonicTimeline) {
        self.sessions = sessions
        self.timeline = timeline
    }

    /// Tells of new events in those namespaces, now or a few milliseconds behind the notice before.
    func tell(_ namespaces: Set<StoreNamespace>) {
        guard !namespaces.isEmpty else { return }
        let begins = owed.withLock { owed in
            defer { owed = (owed ?? []).union(namespaces) }
            return owed == nil
        }
        guard begins else { return }
        // Detached, for it serves everybody and not only whose commit happened to begin it.
        Task.detached { await self.tellAll() }
    }

    private func tellAll() async {
        while let namespaces = next() {
            // What fails here is found by the readers' own looks.
            _ = try? await sessions.withSession { session throws(PostgresFailure) in
                try await session.run([Self.statement(namespaces)])
            }
            await timeline.sleep(for: Self.pause)
        }
    }

    /// What is to be told of now; nil when there is nothing, and then the task is over.
    private func next() -> Set<StoreNamespace>? {
        owed.withLock { owed in
            guard let namespaces = owed, !namespaces.isEmpty else {
                owed = nil
                return nil
            }
            owed = []
            return namespaces
        }
    }

    /// Notifies; the transaction it is part of says when.
    static func statement(_ namespaces: Set<StoreNamespace>) -> PostgresStatement {
        PostgresStatement(
            "select count(pg_notify('\(channel)', name)::text) from unnest($1::text[]) as name",
            name: "marketplace_notify",
            values: [.texts(namespaces.map(\.text))]
        )
    }
}
