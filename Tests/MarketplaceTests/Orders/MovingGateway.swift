import Marketplace
import Synchronization

/// A gateway that changes its mind about single requests: it refuses, says nothing, or performs late what it refused.
final class MovingGateway: PaymentGateway {
    private struct State {
        var refused: Set<IdempotencyKey> = []
        var timedOut: Set<IdempotencyKey> = []
        var open: Set<IdempotencyKey> = []
        var late: [IdempotencyKey: GatewayReceipt] = [:]
        var requests: [IdempotencyKey: GatewayRequest] = [:]
        var counts: [IdempotencyKey: Int] = [:]
    }

    private let base: any PaymentGateway
    private let state = Mutex(State())

    init(_ base: any PaymentGateway) {
        self.base = base
    }

    func refuse(_ key: IdempotencyKey) { state.withLock { _ = $0.refused.insert(key) } }

    /// Neither performs nor answers what it is asked under that key.
    func timeOut(_ key: IdempotencyKey) { state.withLock { _ = $0.timedOut.insert(key) } }

    func recover() { state.withLock { $0.timedOut = [] } }

    /// Refuses nothing any more that it was not asked before.
    func accept() { state.withLock { state in state.refused.formIntersection(state.requests.keys) } }

    /// Has not decided after all about what it has refused.
    func leaveOpen(_ key: IdempotencyKey) { state.withLock { _ = $0.open.insert(key) } }

    /// Performs what it has refused.
    func performLate(_ key: IdempotencyKey) async throws {
        guard let request = state.withLock({ $0.requests[key] }) else { return }
        let receipt = try await base.perform(request)
        state.withLock { $0.late[key] = receipt }
    }

    /// Says that it has performed what it has refused.
    func claimPerformed(_ key: IdempotencyKey, _ amount: Money) {
        state.withLock { $0.late[key] = GatewayReceipt(reference: "late", amount: amount) }
    }

    /// How often it was asked under that key.
    func count(of key: IdempotencyKey) -> Int { state.withLock { $0.counts[key] ?? 0 } }

    func perform(_ request: GatewayRequest) async throws(PaymentGatewayError) -> GatewayReceipt {
        let (isRefused, isTimedOut) = state.withLock { state in
            state.requests[request.key] = request
            state.counts[request.key, default: 0] += 1
            return (state.refused.contains(request.key), state.timedOut.contains(request.key))
        }
        if isRefused { throw .declined("closed account") }
        if isTimedOut { throw .timedOut }
        return try await base.perform(request)
    }

    func lookUp(_ key: IdempotencyKey) async throws(PaymentGatewayError) -> GatewayLookUp {
        let (isRefused, isOpen, late) = state.withLock { state in
            (state.refused.contains(key), state.open.contains(key), state.late[key])
        }
        if let late { return .performed(late) }
        if isOpen { return .pending }
        return isRefused ? .refused(.declined("closed account")) : try await base.lookUp(key)
    }
}
