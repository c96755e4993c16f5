import MarketplaceCore
import MarketplaceStorage
import MarketplaceTestKit
import Synchronization

/// What keeps the locks of several ``FlawedLocks``: rows of keys, and a line of those who wait.
final class LockBook: Sendable {
    struct Row {
        var holder: UInt64?
        var connection = 0
        var deadline = Duration.zero
        var token: UInt64 = 0
    }

    struct State {
        var rows: [FenceKey: Row] = [:]
        var line: [(ticket: UInt64, keys: [FenceKey])] = []
        var lastNumber: UInt64 = 0
        var releases = 0
        var faults: (kind: LockFault, left: Int) = (.refuse, 0)
    }

    let clock: ManualClock
    let flaw: LockFlaw?
    let state = Mutex(State())

    init(clock: ManualClock, flaw: LockFlaw?) {
        self.clock = clock
        self.flaw = flaw
    }

    /// The time that deadlines are measured on.
    var now: Duration {
        guard flaw == .wallClock else { return clock.now.offset }
        return .microseconds(clock.wall.now.microsecondsSinceEpoch)
    }

    /// Performs a change unless a fault was injected.
    func request<Value>(_ change: (inout State) -> Value) throws(LockError) -> Value {
        let outcome: Result<Value, LockError> = state.withLock { state in
            guard state.faults.left > 0 else { return .success(change(&state)) }
            state.faults.left -= 1
            switch state.faults.kind {
            case .refuse: return .failure(LockError(.unavailable, "there is no connection"))
            case .loseRequest: break
            case .loseAnswer: _ = change(&state)
            }
            return .failure(LockError(.outcomeUnknown, "the answer was lost"))
        }
        return try outcome.get()
    }

    func inject(_ fault: LockFault, _ count: Int) {
        state.withLock { $0.faults = (fault, count) }
    }
}

extension LockBook.State {
    /// Whether nobody but perhaps the caller holds the key.
    func isFree(_ key: FenceKey, for holder: UInt64, connection: Int, at now: Duration, _ flaw: LockFlaw?) -> Bool {
        guard let row = rows[key], let current = row.holder, row.deadline > now else { return true }
        return current == holder || flaw == .reentrant && row.connection == connection
    }

    /// Whether somebody who came before waits for one of the keys.
    func hasEarlier(than ticket: UInt64, for keys: [FenceKey], _ flaw: LockFlaw?) -> Bool {
        line.contains { other in
            guard other.keys.contains(where: keys.contains) else { return false }
            if flaw == .unfairOnSeveralKeys, other.keys != keys { return false }
            return flaw == .lastComeFirst ? other.ticket > ticket : other.ticket < ticket
        }
    }

    /// Gives a key to a holder.
    mutating func give(_ key: FenceKey, to holder: UInt64, connection: Int, until deadline: Duration, _ flaw: LockFlaw?)
    {
        var row = rows[key] ?? LockBook.Row()
        let isTakeOver = row.holder != nil
        if !(flaw == .tokenKeptAtTakeOver && isTakeOver) { row.token += 1 }
        row.holder = holder
        row.connection = connection
        row.deadline = deadline
        rows[key] = row
    }
}
