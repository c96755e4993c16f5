import MarketplaceCore
import Testing

@testable import MarketplaceSagas

struct StepAttemptsTests {
    private static let failure = SagaFailure(reason: "no")
    private static let retry = RetryPolicy.constant(.seconds(1), attempts: 3)

    private func attempts(_ rule: UnknownRule = .compensate, canProbe: Bool = true) -> StepAttempts {
        StepAttempts(retry: Self.retry, rule: rule, canProbe: canProbe)
    }

    @Test func aRefusalSettlesTheStepAtOnce() {
        var attempts = attempts()
        #expect(attempts.ended(.failed(.refused, Self.failure), random: 0) == .notDone(Self.failure))
    }

    @Test func whatWasNotAppliedIsPerformedAgainUntilTheAttemptsAreUsedUp() {
        var attempts = attempts()
        #expect(attempts.ended(.failed(.notApplied, Self.failure), random: 0) == .perform(after: .seconds(1)))
        #expect(attempts.attempt == 2)
        #expect(attempts.ended(.failed(.notApplied, Self.failure), random: 0) == .perform(after: .seconds(1)))
        #expect(attempts.ended(.failed(.notApplied, Self.failure), random: 0) == .notDone(Self.failure))
    }

    @Test func anUnknownOutcomeFollowsTheRuleOfTheStep() {
        var compensating = attempts(.compensate)
        #expect(compensating.ended(.failed(.unknown, Self.failure), random: 0) == .unknown(Self.failure))
        var retrying = attempts(.retry)
        #expect(retrying.ended(.failed(.unknown, Self.failure), random: 0) == .perform(after: .seconds(1)))
        var probing = attempts(.probe)
        #expect(probing.ended(.failed(.unknown, Self.failure), random: 0) == .probe(after: .seconds(1)))
        var blind = attempts(.probe, canProbe: false)
        #expect(blind.ended(.failed(.unknown, Self.failure), random: 0) == .unknown(Self.failure))
    }

    @Test func anAttemptInDoubtIsNotForgottenWhenLaterOnesAreNotApplied() {
        var attempts = attempts(.retry)
        _ = attempts.ended(.failed(.unknown, Self.failure), random: 0)
        _ = attempts.ended(.failed(.notApplied, Self.failure), random: 0)
        #expect(attempts.ended(.failed(.notApplied, Self.failure), random: 0) == .unknown(Self.failure))
    }

    @Test func aRefusalDoesNotSayThatAnAttemptInDoubtDidNothing() {
        var retried = attempts(.retry)
        _ = retried.ended(.failed(.unknown, Self.failure), random: 0)
        #expect(retried.ended(.failed(.refused, Self.failure), random: 0) == .refusedInDoubt(Self.failure))
        var takenOver = StepAttempts(retry: Self.retry, rule: .compensate, canProbe: false, isInDoubt: true)
        #expect(takenOver.ended(.failed(.refused, Self.failure), random: 0) == .refusedInDoubt(Self.failure))
        var probed = attempts(.probe)
        _ = probed.ended(.failed(.unknown, Self.failure), random: 0)
        _ = probed.ended(.notDone, random: 0)
        #expect(probed.ended(.failed(.refused, Self.failure), random: 0) == .notDone(Self.failure))
    }

    @Test func aProbeThatFindsNothingClearsTheDoubt() {
        var attempts = attempts(.probe)
        _ = attempts.ended(.failed(.unknown, Self.failure), random: 0)
        #expect(attempts.ended(.notDone, random: 0) == .perform(after: .seconds(1)))
        #expect(attempts.ended(.failed(.notApplied, Self.failure), random: 0) == .notDone(Self.failure))
    }

    @Test func aProbeThatFailsIsRepeatedAndThenLeavesTheOutcomeUnknown() {
        var attempts = attempts(.probe)
        _ = attempts.ended(.failed(.unknown, Self.failure), random: 0)
        #expect(attempts.ended(.failed(Self.failure), random: 0) == .probe(after: .seconds(1)))
        #expect(attempts.ended(.failed(Self.failure), random: 0) == .unknown(Self.failure))
    }

    @Test func aProbeCanFindTheStepDoneOrRefused() {
        var done = attempts(.probe)
        _ = done.ended(.failed(.unknown, Self.failure), random: 0)
        #expect(done.ended(StepAttempts.Probed.done, random: 0) == .done)
        var refused = attempts(.probe)
        _ = refused.ended(.failed(.unknown, Self.failure), random: 0)
        #expect(refused.ended(.refused(Self.failure), random: 0) == .notDone(Self.failure))
    }
}
