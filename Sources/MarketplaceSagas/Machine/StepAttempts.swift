import MarketplaceCore

/// How one step is tried: when it is tried again, when it is probed, and when it is settled.
struct StepAttempts: Sendable {
    /// How an attempt to perform the step ended.
    enum Performed: Sendable {
        case done
        case failed(EffectOutcome, SagaFailure)
    }

    /// How a probe ended.
    enum Probed: Sendable {
        case done
        case notDone
        case refused(SagaFailure)
        case failed(SagaFailure)
    }

    /// What comes next.
    enum Next: Sendable, Hashable {
        case perform(after: Duration)
        case probe(after: Duration)
        case done
        case notDone(SagaFailure)
        /// The last attempt was refused, and an earlier one may have happened, or arrive late.
        case refusedInDoubt(SagaFailure)
        case unknown(SagaFailure)
    }

    let retry: RetryPolicy
    let rule: UnknownRule
    let canProbe: Bool
    private var failures = 0
    /// Whether an attempt whose outcome was unknown has not been cleared up since.
    private var isInDoubt: Bool

    init(retry: RetryPolicy, rule: UnknownRule, canProbe: Bool, isInDoubt: Bool = false) {
        self.isInDoubt = isInDoubt
        self.retry = retry
        self.rule = rule
        self.canProbe = canProbe
    }

    /// The attempt that is going on, from 1.
    var attempt: Int { failures + 1 }

    mutating func ended(_ performed: Performed, random: UInt64) -> Next {
        switch performed {
        case .done:
            return .done
        case .failed(.refused, let failure):
            return isInDoubt ? .refusedInDoubt(failure) : .notDone(failure)
        case .failed(.notApplied, let failure):
            return again(random, failure)
        case .failed(.unknown, let failure):
            isInDoubt = true
            switch rule {
            case .compensate: return .unknown(failure)
            case .retry: return again(random, failure)
            case .probe: return canProbe ? probeAgain(random, failure) : .unknown(failure)
            }
        }
    }

    mutating func ended(_ probed: Probed, random: UInt64) -> Next {
        switch probed {
        case .done: return .done
        case .refused(let failure): return .notDone(failure)
        case .failed(let failure): return probeAgain(random, failure)
        case .notDone:
            isInDoubt = false
            return again(random, SagaFailure(reason: "it did not happen, as a probe found out"))
        }
    }

    private mutating func again(_ random: UInt64, _ failure: SagaFailure) -> Next {
        failures += 1
        if let pause = retry.pause(afterFailures: failures, random: random) { return .perform(after: pause) }
        return isInDoubt ? .unknown(failure) : .notDone(failure)
    }

    private mutating func probeAgain(_ random: UInt64, _ failure: SagaFailure) -> Next {
        failures += 1
        if let pause = retry.pause(afterFailures: failures, random: random) { return .probe(after: pause) }
        return .unknown(failure)
    }
}
