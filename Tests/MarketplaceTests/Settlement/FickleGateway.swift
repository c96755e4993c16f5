import Marketplace
import Synchronization
import TestSupport

/// A gateway that gives back as it pleases while it is told to: it performs, refuses for good, or does not answer.
final class FickleGateway: PaymentGateway {
    private struct State {
        var isSilent = false
        var moods: SeededGenerator?
        var refused: Set<IdempotencyKey> = []
    }

    private let base: any PaymentGateway
    private let state = Mutex(State())

    init(_ base: any PaymentGateway) {
        self.base = base
    }

    /// Becomes fickle, by the numbers of that seed, or as good as its word again.
    func turn(by seed: UInt64?) { state.withLock { $0.moods = seed.map { SeededGenerator(seed: $0) } } }

    /// Does not answer who wants money given back, or does again.
    func fallSilent(_ isSilent: Bool) { state.withLock { $0.isSilent = isSilent } }

    func perform(_ request: GatewayRequest) async throws(PaymentGatewayError) -> GatewayReceipt {
        let mood = state.withLock { state -> Int in
            if state.refused.contains(request.key) { return 0 }
            if request.operation.kind == .refund, state.isSilent { return 1 }
            guard request.operation.kind == .refund, var moods = state.moods else { return 2 }
            let mood = Int.random(in: 0...3, using: &moods)
            state.moods = moods
            if mood == 0 { state.refused.insert(request.key) }
            return mood
        }
        if mood == 0 { throw .declined("closed account") }
        if mood == 1 { throw .timedOut }
        return try await base.perform(request)
    }

    func lookUp(_ key: IdempotencyKey) async throws(PaymentGatewayError) -> GatewayLookUp {
        let isRefused = state.withLock { $0.refused.contains(key) }
        return isRefused ? .refused(.declined("closed account")) : try await base.lookUp(key)
    }
}
