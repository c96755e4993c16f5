import MarketplaceCore
import MarketplaceSagas
import Synchronization

/// What is done to the calls of one run of a saga, and what was seen of them.
final class SagaFaults: Sendable {
    /// The process whose task this is; tasks hand it on to those they start.
    @TaskLocal static var process = 0

    /// A call: what kind, and of which step.
    struct Call: Sendable, Hashable, CustomStringConvertible {
        let kind: SagaCallKind
        let step: String

        var description: String { "\(kind.rawValue) of \(step)" }
    }

    /// What is done to a call.
    enum Fault: Sendable, Hashable {
        /// It does not happen, and says so.
        case errorBefore
        /// It happens, and its answer is lost.
        case loseAnswer
        /// Its answer is lost, and it happens when the saga has ended.
        case late
        /// It is made twice.
        case twice
        /// The process dies before it.
        case crashBefore
        /// The process dies after it, before anything of it is recorded.
        case crashAfter
    }

    private struct State {
        var refused: String?
        var faults: [Call: Fault] = [:]
        var late: [@Sendable () async throws -> Void] = []
        var calls: [Call] = []
        var keys: [Call: Set<IdempotencyKey>] = [:]
        var process = 0
        var open = 0
        var waitingForTheEnd: [CheckedContinuation<Void, Never>] = []
        var faultyOrder: String?
    }

    private let state = Mutex(State())
    private let store: @Sendable () -> FaultInjectingStore?

    /// - Parameters:
    ///   - refused: The step that is refused whenever it is performed.
    ///   - store: The store of the process that is alive.
    init(refused: String?, store: @escaping @Sendable () -> FaultInjectingStore?) {
        self.store = store
        state.withLock { $0.refused = refused }
    }

    /// Lets a process work: the tasks that an earlier one has left behind call nobody any more.
    func begin(process: Int) {
        state.withLock { $0.process = process }
    }

    /// Lets the next call of that kind have a fault.
    func inject(_ fault: Fault, at call: Call) {
        state.withLock { $0.faults[call] = fault }
    }

    /// Whether every fault came about.
    var haveAllFired: Bool { state.withLock { $0.faults.isEmpty } }
    /// Every call, in order.
    var calls: [Call] { state.withLock { $0.calls } }

    /// What is wrong with the calls, if anything: two keys for one call, an undo while a step was under way.
    var complaint: String? {
        state.withLock { state in
            if let order = state.faultyOrder { return order }
            return state.keys.first { $0.value.count > 1 }.map { "the \($0.key) was made with \($0.value.count) keys" }
        }
    }

    /// Lets everything happen that is late.
    func settleLateCalls() async {
        let late = state.withLock { state in
            defer { state.late = [] }
            return state.late
        }
        // A participant that refuses a late call does what it should.
        for call in late { try? await call() }
    }

    /// Goes around a call.
    func around(
        _ kind: SagaCallKind,
        _ context: StepContext,
        _ body: @escaping @Sendable () async throws -> Void
    ) async throws {
        let call = Call(kind: kind, step: context.step)
        let isDead = state.withLock { $0.process != Self.process }
        guard !isDead else { throw SagaTrialLostAnswer() }
        let (isRefused, fault) = state.withLock { state in
            state.calls.append(call)
            state.keys[call, default: []].insert(context.idempotencyKey)
            if kind == .undo, state.open > 0 {
                state.faultyOrder = "the \(call) was made while a step was under way"
            }
            if kind == .perform { state.open += 1 }
            return (kind == .perform && state.refused == context.step, state.faults.removeValue(forKey: call))
        }
        defer { if kind == .perform { performEnded() } }
        try await carryOut(fault, isRefused, body)
    }

    /// Waits until every step under way has ended: a process that died may have left one beside the one it died at.
    func performsHaveEnded() async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if state.open > 0 { state.waitingForTheEnd.append(continuation) }
                return state.open == 0
            }
            if isOver { continuation.resume() }
        }
    }

    private func performEnded() {
        let waiting = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            state.open -= 1
            guard state.open == 0 else { return [] }
            defer { state.waitingForTheEnd = [] }
            return state.waitingForTheEnd
        }
        for continuation in waiting { continuation.resume() }
    }

    private func carryOut(
        _ fault: Fault?,
        _ isRefused: Bool,
        _ body: @escaping @Sendable () async throws -> Void
    ) async throws {
        // Others of its group get their turn.
        await Task.yield()
        let call: @Sendable () async throws -> Void = {
            if isRefused { throw Refused("the trial has it refused") }
            try await body()
        }
        switch fault {
        case nil: try await call()
        case .errorBefore: throw NotApplied("the trial keeps it from happening")
        case .loseAnswer:
            try await call()
            throw SagaTrialLostAnswer()
        case .late:
            state.withLock { $0.late.append(call) }
            throw SagaTrialLostAnswer()
        case .twice:
            try await call()
            try await call()
        case .crashBefore:
            store()?.crash()
            throw SagaTrialLostAnswer()
        case .crashAfter:
            try await call()
            store()?.crash()
        }
    }
}

/// Nobody knows whether the call has happened.
struct SagaTrialLostAnswer: Error {}
