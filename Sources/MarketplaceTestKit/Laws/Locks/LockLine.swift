import MarketplaceCore
import MarketplaceStorage
import Synchronization

/// Callers who stand in line one behind the other, and the order in which they are served.
final class LockLine: Sendable {
    private final class Order: Sendable {
        let callers = Mutex<[Int]>([])
    }

    /// The calls, in the order they came.
    let calls: [LawCall<Void>]
    private let pace: LawPace
    private let turns: Order

    /// Lets one caller after the other come, each when the one before waits.
    init(_ wishes: [[FenceKey]], probe: LockProbe) async throws {
        let turns = Order()
        let pace = probe.pace
        var calls: [LawCall<Void>] = []
        for (caller, keys) in wishes.enumerated() {
            let others = probe.waitingCount
            let call = LawCall {
                let lease = try await probe.take(keys, for: LockLimits.longestLease, wait: LockProbe.long)
                turns.callers.withLock { $0.append(caller) }
                try await probe.release(lease)
            }
            calls.append(call)
            try await probe.untilWaiting(call, besides: others)
        }
        self.calls = calls
        self.pace = pace
        self.turns = turns
    }

    /// Who was served until now, in order.
    var order: [Int] { turns.callers.withLock { $0 } }

    /// Waits until all but those who left were served, and returns the order.
    func served(leaving: [Int] = []) async throws -> [Int] {
        let staying = calls.indices.filter { !leaving.contains($0) }.map { calls[$0] }
        _ = try await pace.ends(of: staying, looks: 10_000, "every caller in line is served")
        return order
    }
}

extension LockProbe {
    /// Lets callers stand in line, one behind the other.
    func line(of wishes: [[FenceKey]]) async throws -> LockLine {
        try await LockLine(wishes, probe: self)
    }
}
