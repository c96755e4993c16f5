public import MarketplaceCore
import MarketplaceDomain
import Synchronization

/// A payout provider for tests and demonstrations that behaves as its script says.
///
/// It keeps the contract of ``PayoutProvider``: money is sent once per key, a repeated key gets the first answer, other
/// content under a used key is refused. A decision takes one short critical section.
public final class ScriptedPayoutProvider: PayoutProvider {
    private struct State {
        var answers: [IdempotencyKey: (request: PayoutRequest, refusal: PayoutProviderError?)] = [:]
        var attempts = 0
        var sent: [PayoutRequest] = []
    }

    private let script: [PayoutBehavior]
    private let state = Mutex(State())

    /// A provider that treats its attempts, whatever their keys, one after the other as `script` says, and those
    /// beyond it by sending.
    public init(_ script: [PayoutBehavior] = []) {
        self.script = script
    }

    /// Sends as the script says, or answers what it answered to that key before.
    public func send(_ request: PayoutRequest) async throws(PayoutProviderError) -> PayoutReceipt {
        try state.withLock { (state) throws(PayoutProviderError) in
            if let earlier = state.answers[request.key] {
                guard earlier.request == request else { throw .keyReused(request.key) }
                if let refusal = earlier.refusal { throw refusal }
                return Self.receipt(of: request)
            }
            let behavior = state.attempts < script.count ? script[state.attempts] : .send
            state.attempts += 1
            switch behavior {
            case .timeOutBeforeEffect: throw .timedOut
            case .failToConnect: throw .unreachable
            case .refuse(let reason):
                let refusal = PayoutProviderError.refused(reason)
                state.answers[request.key] = (request, refusal)
                throw refusal
            case .send, .timeOutAfterEffect:
                state.answers[request.key] = (request, nil)
                state.sent.append(request)
                if behavior == .timeOutAfterEffect { throw .timedOut }
                return Self.receipt(of: request)
            }
        }
    }

    /// What became of the request of that key.
    public func lookUp(_ key: IdempotencyKey) async throws(PayoutProviderError) -> PayoutLookUp {
        guard let answer = state.withLock({ $0.answers[key] }) else { return .neverSeen }
        return answer.refusal.map(PayoutLookUp.refused) ?? .sent(Self.receipt(of: answer.request))
    }

    /// All that was sent, in the order in which it was.
    public var sent: [PayoutRequest] { state.withLock { $0.sent } }

    private static func receipt(of request: PayoutRequest) -> PayoutReceipt {
        PayoutReceipt(reference: PayoutReference(request.payout))
    }
}
