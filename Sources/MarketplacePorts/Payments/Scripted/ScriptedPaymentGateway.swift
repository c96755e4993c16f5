public import MarketplaceCore
import MarketplaceDomain
import Synchronization

/// A payment gateway for tests, demonstrations and benchmarks that behaves as its script says.
///
/// It keeps the contract of ``PaymentGateway``: one effect per key, the first answer to a repeated key, other content
/// under a used key refused, captured ≤ authorized, refunded ≤ captured. It keeps its own record, by which a run is
/// reconciled, and takes up what an earlier gateway left in it. What happens to a request follows from the seed and
/// its key alone, so a concurrent run can be replayed.
///
/// A decision takes one short critical section without waiting in it.
public final class ScriptedPaymentGateway: PaymentGateway {
    private let script: GatewayScript
    private let seed: UInt64
    private let clock: any Clock<Duration>
    private let record: any GatewayRecord
    private let state: Mutex<ScriptedGatewayState>

    /// A gateway that remembers in memory.
    public convenience init(
        _ script: GatewayScript = .approving,
        seed: UInt64 = 0,
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.init(script, seed: seed, clock: clock, record: InMemoryGatewayRecord(), state: ScriptedGatewayState())
    }

    /// A gateway that remembers in `record`, and remembers what is in it already.
    public convenience init(
        _ script: GatewayScript = .approving,
        seed: UInt64 = 0,
        clock: any Clock<Duration> = ContinuousClock(),
        resuming record: some GatewayRecord
    ) throws(GatewayRecordError) {
        var state = ScriptedGatewayState()
        for entry in try record.entries() {
            do throws(MoneyError) {
                try state.apply(entry)
            } catch {
                throw GatewayRecordError("the entry of \(entry.key) does not fit: \(error)")
            }
        }
        self.init(script, seed: seed, clock: clock, record: record, state: state)
    }

    private init(
        _ script: GatewayScript,
        seed: UInt64,
        clock: any Clock<Duration>,
        record: any GatewayRecord,
        state: ScriptedGatewayState
    ) {
        self.script = script
        self.seed = seed
        self.clock = clock
        self.record = record
        self.state = Mutex(state)
    }

    /// Performs `request` as the script says, or answers what it answered to that key before.
    public func perform(_ request: GatewayRequest) async throws(PaymentGatewayError) -> GatewayReceipt {
        let (entry, behavior) = try decide(request)
        switch behavior {
        case .timeOutAfterEffect: throw .timedOut
        case .answerAfter(let delay):
            do {
                try await clock.sleep(for: delay)
            } catch {
                throw .timedOut
            }
        case .approve, .decline, .timeOutBeforeEffect, .failToConnect: break
        }
        if let refusal = entry.refusal { throw refusal.error }
        return Self.receipt(of: entry)
    }

    /// What became of the request of that key.
    public func lookUp(_ key: IdempotencyKey) async throws(PaymentGatewayError) -> GatewayLookUp {
        guard let entry = state.withLock({ $0.answer(to: key) }) else { return .neverSeen }
        if let refusal = entry.refusal { return .refused(refusal.error) }
        return .performed(Self.receipt(of: entry))
    }

    /// All that it has decided, in the order in which it was decided.
    public func entries() throws(GatewayRecordError) -> [GatewayRecordEntry] {
        try record.entries()
    }

    private func decide(
        _ request: GatewayRequest
    ) throws(PaymentGatewayError) -> (GatewayRecordEntry, GatewayBehavior) {
        try state.withLock { (state) throws(PaymentGatewayError) in
            if let earlier = state.answer(to: request.key) {
                guard Self.isSame(earlier, request) else { throw .keyReused(request.key) }
                return (earlier, .approve)
            }
            let attempt = state.attempts(of: request.key)
            let behavior = script.behavior(of: request, attempt: attempt, seed: seed)
            let entry: GatewayRecordEntry
            switch behavior {
            case .timeOutBeforeEffect:
                state.countAttempt(of: request.key)
                throw .timedOut
            case .failToConnect:
                state.countAttempt(of: request.key)
                throw .unreachable
            case .decline(let reason): entry = ScriptedGatewayState.decline(request, reason)
            case .approve, .timeOutAfterEffect, .answerAfter: entry = state.decide(request)
            }
            try keep(entry, in: &state)
            return (entry, behavior)
        }
    }

    private func keep(
        _ entry: GatewayRecordEntry,
        in state: inout ScriptedGatewayState
    ) throws(PaymentGatewayError) {
        do throws(GatewayRecordError) {
            try record.append(entry)
        } catch {
            throw PaymentGatewayError(.unreachable, reason: error.description, effect: .notApplied)
        }
        do throws(MoneyError) {
            try state.apply(entry)
        } catch {
            throw .notAllowed(error.description)
        }
    }

    private static func isSame(_ earlier: GatewayRecordEntry, _ request: GatewayRequest) -> Bool {
        earlier.payment == request.payment && earlier.kind == request.operation.kind
            && earlier.requested == request.operation.requested
    }

    private static func receipt(of entry: GatewayRecordEntry) -> GatewayReceipt {
        GatewayReceipt(reference: GatewayReference(entry.payment), amount: entry.moved)
    }
}
