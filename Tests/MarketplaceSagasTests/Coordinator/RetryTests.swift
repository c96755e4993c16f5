import MarketplaceCore
import MarketplaceTestKit
import Testing

@testable import MarketplaceSagas

struct RetryTests {
    private struct Final: Error {}

    private let shop = Workshop()

    @Test func anUndoThatFailsIsTriedAgainAsItsPolicySaysAndNotInAStorm() async throws {
        let shop = shop
        let policy = RetryPolicy.exponential(from: .seconds(1), cap: .seconds(8), attempts: 6, jitter: .none)
        let definition = SagaDefinition("storm", version: 1, state: JobState.self) {
            shop.step("a", \.a, undoRetry: policy)
            shop.step("b", \.b)
        }
        shop.desk.script("b", Refused("no"))
        shop.desk.script("undo a", Timeout(), times: 5)
        let handle = try await shop.coordinator("A", definition).start(definition, JobState(), key: "k")
        let outcome = try await shop.clock.advancing { try await handle.outcome() }
        #expect(outcome.short == "aborted: refused at b")
        #expect(shop.desk.attempts("undo a") == [0, 1, 3, 7, 15, 23].map(Duration.seconds))
        #expect(shop.desk.keys("undo a").count == 1)
    }

    @Test func aStepIsTriedAgainAsItsPolicySays() async throws {
        let shop = shop
        let definition = SagaDefinition("retry", version: 1, state: JobState.self) {
            shop.step("a", \.a, retry: .constant(.seconds(5), attempts: 3))
        }
        shop.desk.script("a", NotApplied("busy"), times: 3)
        let handle = try await shop.coordinator("A", definition).start(definition, JobState(), key: "k")
        let outcome = try await shop.clock.advancing { try await handle.outcome() }
        #expect(outcome.short == "aborted: refused at a")
        #expect(shop.desk.attempts("a") == [0, 5, 10].map(Duration.seconds))
        #expect(shop.desk.attempts("undo a").isEmpty)
    }

    @Test func aFinalErrorSettlesTheStepWhateverItSaysOfItsEffect() async throws {
        let shop = shop
        let definition = SagaDefinition("final", version: 1, state: JobState.self) {
            shop.step("a", \.a)
            shop.step("b", \.b, final: { $0 is Final })
        }
        shop.desk.script("b", Final())
        let handle = try await shop.coordinator("A", definition).start(definition, JobState(), key: "k")
        #expect(try await handle.outcome().short == "aborted: refused at b")
        #expect(shop.desk.attempts("b").count == 1)
        #expect(shop.desk.log == ["a", "undo a"])
    }

    /// The first process dies after the effect, and the participant cannot be reached when the second one asks again.
    @Test func anAttemptBeforeATakeOverIsStillInDoubtWhenLaterOnesAreNotApplied() async throws {
        let shop = shop
        let definition = SagaDefinition("doubt", version: 1, state: JobState.self) {
            shop.step("a", \.a)
            shop.step("b", \.b)
        }
        let faulty = FaultInjectingStore(shop.store)
        faulty.inject(.crashBefore, atCommit: 3)
        let doomed = try await shop.coordinator("A", over: faulty, definition).start(definition, JobState(), key: "k")
        await #expect(throws: SagaError.self) { try await doomed.outcome() }
        #expect(shop.desk.log == ["a", "b"])
        shop.desk.script("b", NotApplied("unreachable"), times: 3)
        let successor = shop.coordinator("B", definition)
        _ = try await successor.recover()
        let handle = try await successor.start(definition, JobState(), key: "k")
        let outcome = try await shop.clock.advancing { try await handle.outcome() }
        #expect(outcome.short == "aborted: unknown at b")
        #expect(shop.desk.log == ["a", "b", "undo b", "undo a"])
    }

    @Test func theIntentIsJournalledBeforeTheEffect() async throws {
        let shop = shop
        let definition = SagaDefinition("intent", version: 1, state: JobState.self) {
            shop.step("a", \.a)
            shop.step("b", \.b)
        }
        for name in ["a", "b"] { shop.desk.hold("\(name) begins") }
        let handle = try await shop.coordinator("A", definition).start(definition, JobState(), key: "k")
        for (index, name) in ["a", "b"].enumerated() {
            await shop.desk.waitForCall(name)
            #expect(try await shop.journal(definition).last == .intended(index))
            shop.desk.release("\(name) begins")
        }
        _ = try await handle.outcome()
    }
}
