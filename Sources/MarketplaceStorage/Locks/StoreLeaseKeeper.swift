import MarketplaceCore
import Synchronization

/// Renews and releases a lease of a ``StoreLockProvider`` by writing its documents at the revisions they are known at.
final class StoreLeaseKeeper: LeaseKeeper {
    /// The most times the documents are read again because an earlier write of the holder itself, whose outcome was
    /// unknown, turns out to have moved them.
    private static let rereadLimit = 3

    private let provider: StoreLockProvider
    private let holder: LockHolder
    private let keys: [FenceKey]
    private let records: Mutex<[FenceKey: LockRecord]>

    init(provider: StoreLockProvider, holder: LockHolder, records: [FenceKey: LockRecord]) {
        self.provider = provider
        self.holder = holder
        keys = records.keys.sorted()
        self.records = Mutex(records)
    }

    func renew(for length: Duration) async throws(LockError) -> Bool {
        for _ in 0..<Self.rereadLimit {
            if records.withLock({ $0.count < keys.count }) { return false }
            let written = try await write { record in
                record.lease = length
            }
            if written { return true }
            guard try await reread() == keys.count else { return false }
        }
        return false
    }

    func release() async throws(LockError) -> LeaseReleaseOutcome {
        var outcome = LeaseReleaseOutcome.released
        for _ in 0..<Self.rereadLimit {
            if records.withLock({ $0.isEmpty }) { return .notHeld }
            let written = try await write { record in
                record.holder = nil
            }
            if written {
                records.withLock { $0.removeAll() }
                return outcome
            }
            if try await reread() < keys.count { outcome = .notHeld }
        }
        return .notHeld
    }

    /// Writes all documents that are still the holder's, changed by `change`; false when one of them has moved.
    private func write(_ change: (inout LockRecord) -> Void) async throws(LockError) -> Bool {
        let known = records.withLock { $0 }
        let ordered = keys.filter { known[$0] != nil }
        var transaction = Transaction(id: provider.identifiers.next(), time: provider.wallClock.now)
        var changed = known
        for key in ordered {
            guard var record = known[key] else { continue }
            change(&record)
            changed[key] = record
            transaction.write(record.write(of: key))
        }
        do throws(StoreError) {
            let receipt = try await provider.store.commitResolvingUnknown(transaction)
            for (key, revision) in zip(ordered, receipt.revisions) { changed[key]?.revision = revision }
        } catch {
            if error.isContention { return false }
            throw LockError(error)
        }
        let stored = changed
        records.withLock { $0 = stored }
        return true
    }

    /// Reads the documents again and keeps those that are still the holder's; returns how many.
    private func reread() async throws(LockError) -> Int {
        var own: [FenceKey: LockRecord] = [:]
        for key in keys {
            let record = try await provider.load(key)
            if record.holder == holder { own[key] = record }
        }
        let found = own
        records.withLock { $0 = found }
        return found.count
    }
}
