import MarketplaceStorage
import Synchronization

/// Whether calls without `begin` are transactions as batches need them: of all their statements, each on what is
/// committed when it begins.
///
/// What `begin` would say, the settings of a session say without it: that a role's transactions are serializable by
/// default, say, is found out by trying.
final class PostgresUnbegunTransactions: Sendable {
    /// A condition of every statement that writes in one: a snapshot from before the locks were had is none to write by.
    static let isAsNeeded = "current_setting('transaction_isolation') = 'read committed'"

    private let areUsed: Atomic<Bool>

    /// Whether they are, as far as is known.
    var areUsable: Bool { areUsed.load(ordering: .relaxed) }

    init(_ sessions: any PostgresSessions) {
        areUsed = Atomic(sessions.callsAreTransactions)
    }

    /// Notes that they are not, for as long as the database is open.
    func noteUnusable() {
        areUsed.store(false, ordering: .relaxed)
    }
}
