import MarketplaceCore
import MarketplaceInMemory
import MarketplaceJSON
import MarketplaceSagas
import MarketplaceStorage
import MarketplaceTestKit
import Testing

struct SagaCoordinatorTests {
    @Test func stepsRunInOrderAndTheirOutputsReachTheState() async throws {
        let fixture = TripFixture()
        let outcome = try await fixture.run()
        guard case .completed(let state) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(fixture.world.calls == ["flight", "hotel", "pay", "mail"])
        #expect(
            state
                == TripState(traveller: "Ada", flight: "LH1", hotel: "Ritz", payment: "paid", isMailed: true)
        )
    }

    @Test func aSagaOfFourStepsCostsFiveCommits() async throws {
        let fixture = TripFixture()
        let outcome = try await fixture.run()
        #expect(outcome.state.payment == "paid")
        let handle = try await fixture.coordinator.start(
            fixture.definition,
            TripState(traveller: "Ada"),
            key: "trip-1"
        )
        let entries = try await fixture.store.events(in: StreamID("$saga", handle.id), from: .first, limit: 100)
        #expect(entries.count == 5)
    }

    @Test func aStepWhoseConditionIsFalseIsSkipped() async throws {
        let fixture = TripFixture()
        guard case .completed(let state) = try await fixture.run("nobody") else {
            Issue.record("not completed")
            return
        }
        #expect(fixture.world.calls == ["flight", "hotel", "pay"])
        #expect(state.isMailed == nil)
    }

    @Test func aRefusedStepUndoesWhatWasDoneInReverseOrder() async throws {
        let fixture = TripFixture()
        fixture.world.script("pay", Refused("card declined"))
        guard case .aborted(_, let abort) = try await fixture.run() else {
            Issue.record("not aborted")
            return
        }
        #expect(fixture.world.calls == ["flight", "hotel", "pay", "undo hotel", "undo flight"])
        #expect(abort == SagaAbort(.refused, step: "pay", reason: "refused: card declined"))
    }

    @Test func aStepThatWasRefusedIsNotUndone() async throws {
        let fixture = TripFixture()
        fixture.world.script("flight", Refused("full"))
        guard case .aborted = try await fixture.run() else {
            Issue.record("not aborted")
            return
        }
        #expect(fixture.world.calls == ["flight"])
    }

    @Test func aStepThatWasNotAppliedIsTriedAgainWithTheSameKey() async throws {
        let fixture = TripFixture()
        fixture.world.script("flight", NotApplied("busy"), NotApplied("busy"))
        guard case .completed = try await fixture.run() else {
            Issue.record("not completed")
            return
        }
        #expect(fixture.world.calls.filter { $0 == "flight" }.count == 3)
        #expect(fixture.world.keys(of: "flight").count == 1)
    }

    @Test func aStepOfUnknownOutcomeIsUndoneByDefault() async throws {
        let fixture = TripFixture()
        fixture.world.script("flight", Timeout())
        guard case .aborted = try await fixture.run() else {
            Issue.record("not aborted")
            return
        }
        #expect(fixture.world.calls == ["flight", "undo flight?"])
    }

    @Test func aStepOfUnknownOutcomeIsProbedWhenItsPolicySaysSo() async throws {
        let fixture = TripFixture()
        fixture.world.script("hotel", Timeout())
        guard case .completed = try await fixture.run() else {
            Issue.record("not completed")
            return
        }
        #expect(fixture.world.calls == ["flight", "hotel", "probe hotel", "pay", "mail"])
    }

    @Test func aStepThatAProbeFindsNotDoneIsPerformedAgain() async throws {
        let fixture = TripFixture()
        fixture.world.script("hotel", Timeout())
        fixture.world.script("probe hotel", NotApplied("not done"))
        guard case .completed = try await fixture.run() else {
            Issue.record("not completed")
            return
        }
        #expect(fixture.world.calls == ["flight", "hotel", "probe hotel", "hotel", "pay", "mail"])
        #expect(fixture.world.keys(of: "hotel").count == 1)
    }

    @Test func aPivotOfUnknownOutcomeIsNeverUndone() async throws {
        let fixture = TripFixture()
        fixture.world.script("pay", Timeout())
        fixture.world.script("probe pay", Timeout(), Timeout())
        guard case .completed = try await fixture.run() else {
            Issue.record("not completed")
            return
        }
        #expect(fixture.world.calls.filter { $0 == "probe pay" }.count == 3)
        #expect(!fixture.world.calls.contains { $0.hasPrefix("undo") })
    }

    @Test func aPivotThatStaysUnknownLeavesTheSagaStuck() async throws {
        let fixture = TripFixture()
        fixture.world.script("pay", Timeout())
        for _ in 0..<40 { fixture.world.script("probe pay", Timeout()) }
        guard case .stuck(_, let stuck) = try await fixture.run() else {
            Issue.record("not stuck")
            return
        }
        #expect(stuck.step == "pay")
        #expect(stuck.direction == .forward)
        #expect(!fixture.world.calls.contains { $0.hasPrefix("undo") })
    }

    @Test func aStepAfterThePivotIsRetriedWhateverItsOutcome() async throws {
        let fixture = TripFixture()
        fixture.world.script("mail", Timeout(), NotApplied("busy"), Timeout())
        guard case .completed = try await fixture.run() else {
            Issue.record("not completed")
            return
        }
        #expect(fixture.world.calls.filter { $0 == "mail" }.count == 4)
        #expect(fixture.world.keys(of: "mail").count == 1)
    }

    @Test func anUndoThatFailsIsTriedAgainAndThenLeavesTheSagaStuck() async throws {
        let fixture = TripFixture()
        fixture.world.script("hotel", Refused("full"))
        for _ in 0..<20 { fixture.world.script("undo flight", NotApplied("down")) }
        guard case .stuck(_, let stuck) = try await fixture.run() else {
            Issue.record("not stuck")
            return
        }
        #expect(stuck == SagaStuck(step: "flight", direction: .backward, reason: "not applied: down"))
        #expect(fixture.world.calls.filter { $0 == "undo flight" }.count == 20)
    }

    @Test func startingAgainWithTheSameKeyAndInputFindsTheFirstSaga() async throws {
        let fixture = TripFixture()
        let first = try await fixture.coordinator.start(fixture.definition, TripState(traveller: "Ada"), key: "k")
        let second = try await fixture.coordinator.start(fixture.definition, TripState(traveller: "Ada"), key: "k")
        #expect(first.isNew)
        #expect(!second.isNew)
        #expect(first.id == second.id)
        let ends = try await (first.outcome().state, second.outcome().state)
        #expect(ends.0 == ends.1)
        #expect(fixture.world.calls.count == 4)
    }

    @Test func startingAgainWithAnotherInputIsAConflict() async throws {
        let fixture = TripFixture()
        let first = try await fixture.coordinator.start(fixture.definition, TripState(traveller: "Ada"), key: "k")
        await #expect(throws: SagaError.inputMismatch(name: "trip", key: "k", existing: first.id)) {
            try await fixture.coordinator.start(fixture.definition, TripState(traveller: "Bob"), key: "k")
        }
    }

    @Test func anUnregisteredVersionIsRefusedWithTheRegisteredOnes() async throws {
        let fixture = TripFixture()
        let other = tripDefinition(fixture.world, version: 2)
        await #expect(throws: SagaError.unknownDefinition(name: "trip", version: 2, registered: [1])) {
            try await fixture.coordinator.start(other, TripState(traveller: "Ada"), key: "k")
        }
    }

    @Test func aSummaryThatCannotBeReadIsListedAndHoldsUpNobody() async throws {
        let fixture = TripFixture()
        let document = DocumentKey("$saga", "trip/damaged")
        var transaction = Transaction(id: TransactionID(bits: 1), time: .epoch)
        transaction.write(
            DocumentWrite(
                document,
                body: [99],
                expecting: .absent,
                indexEntries: [IndexEntry("status", .text("running"), .time(.epoch))]
            )
        )
        _ = try await fixture.store.commit(transaction)
        let recovery = try await fixture.coordinator.recover()
        #expect(recovery.resumed.isEmpty)
        #expect(Array(recovery.unreadable.keys) == [document])
    }
}

extension SagaCoordinatorTests {
    /// Counts the operations it is put around.
    private struct SpanObserver: Observer {
        let seen = HeaderWitness()

        func record(_ event: some ObserverEvent) {}

        func around<Value, Failure: Error>(
            _ operation: OperationName,
            _ body: () async throws(Failure) -> Value
        ) async throws(Failure) -> Value {
            seen.note(operation.text)
            return try await body()
        }
    }

    @Test func everyAttemptIsAnOperationOfTheObserver() async throws {
        let observer = SpanObserver()
        let world = TripWorld()
        world.script("flight", NotApplied("busy"))
        let clock = ManualClock()
        let definition = tripDefinition(world)
        let coordinator = SagaCoordinator(
            store: InMemoryStore(),
            codec: .json,
            identifiers: SeededIdentifiers(seed: 1),
            definitions: [SagaRegistration(definition)],
            wallClock: clock.wall,
            clock: clock,
            observer: observer
        )
        let handle = try await coordinator.start(definition, TripState(traveller: "Ada"), key: "k")
        _ = try await clock.advancing { try await handle.outcome() }
        #expect(observer.seen.notes == Array(repeating: "saga.step", count: 5))
    }
}

extension SagaCoordinatorTests {
    @Test func anUndoThatRunsOutOfItsOwnTimeLeavesTheSagaStuck() async throws {
        let world = TripWorld()
        world.script("hotel", Refused("full"))
        for _ in 0..<1_000 { world.script("undo flight", NotApplied("down")) }
        let definition = SagaDefinition("impatient", version: 1, state: TripState.self) {
            Step(
                "flight",
                into: \.flight,
                undoRetry: .constant(.seconds(10), attempts: nil),
                undoWithin: .seconds(35)
            ) { _, step in
                try world.call("flight", step)
                return "LH1"
            } undo: { _, effect, step in
                try world.call(if: effect, "undo flight", step)
            }
            Step("hotel", into: \.hotel) { _, step in
                try world.call("hotel", step)
                return "Ritz"
            } undo: { _, _, _ in
            }
        }
        let clock = ManualClock()
        let coordinator = TripFixture.coordinator(over: InMemoryStore(), clock, [SagaRegistration(definition)])
        let handle = try await coordinator.start(definition, TripState(traveller: "Ada"), key: "k")
        let outcome = try await clock.advancing { try await handle.outcome() }
        guard case .stuck(_, let stuck) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(stuck.step == "flight")
        #expect(stuck.direction == .backward)
        let attempts = world.calls.filter { $0 == "undo flight" }.count
        #expect((1...5).contains(attempts), "\(attempts)")
    }
}
