import MarketplaceCore
import MarketplaceInMemory
import MarketplaceJSON
import MarketplaceSagas
import MarketplaceStorage
import MarketplaceTestKit
import Testing

struct SagaTimelineTests {
    @Test func everyEntryOfTheJournalIsToldInWords() async throws {
        let fixture = TripFixture()
        _ = try await fixture.run()
        let timeline = try await fixture.coordinator.timeline(of: "trip", key: "trip-1")
        #expect(
            timeline.description == """
                trip 1, trip-1: completed
                saga \(timeline.saga), started at 2026-01-01T00:00:00Z
                +0.000 s          the saga starts (worker)
                +0.000 s  flight  begins
                +0.000 s  flight  done
                +0.000 s  hotel   begins
                +0.000 s  hotel   done
                +0.000 s  pay     begins
                +0.000 s  pay     done
                +0.000 s  mail    begins
                +0.000 s  mail    done
                +0.000 s          the saga is complete

                """
        )
        #expect(timeline.status == .completed)
        #expect(timeline.reason == nil)
        #expect(timeline.steps.map(\.state) == [.done, .done, .done, .done])
        #expect(timeline.steps.map(\.kind) == [.compensatable, .compensatable, .pivot, .retriable])
    }

    @Test func anAbortIsToldWithItsCauseAndItsReason() async throws {
        let fixture = TripFixture()
        fixture.world.script("pay", Refused("card\ndeclined"))
        _ = try await fixture.run("Ada")
        let timeline = try await fixture.coordinator.timeline(of: "trip", key: "trip-1")
        #expect(timeline.steps.map(\.state) == [.undone, .undone, .notDone, .notReached])
        #expect(timeline.reason == "pay: refused: card\ndeclined")
        let text = timeline.description
        #expect(text.contains("pay     the saga turns around, a step was not done  refused: card declined\n"))
        #expect(text.hasSuffix("the saga is over, everything undone\n"))
    }

    @Test func aSkippedStepIsToldApartFromOneThatWasNotReached() async throws {
        let fixture = TripFixture()
        _ = try await fixture.run("nobody")
        let timeline = try await fixture.coordinator.timeline(of: "trip", key: "trip-1")
        #expect(timeline.steps.last?.state == .skipped)
    }

    @Test func whoHasOperatedAndWhyIsTold() async throws {
        let fixture = CruiseFixture()
        fixture.world.script("pay", Refused("card declined"))
        fixture.world.script("undo port", Refused("harbour closed"))
        let stuck = try await fixture.run()
        #expect(stuck.status == .stuck)
        #expect(stuck.reason == "port <A> & \"B\": refused: harbour closed")
        #expect(stuck.steps.map(\.state) == [.done, .done, .stuck, .done, .done, .notDone, .notReached])
        let operation = SagaOperation(.markCompensated, by: "kim", because: "called the harbour")
        try await fixture.coordinator.operate(operation, on: "cruise", key: "c-1")
        let handle = try await fixture.coordinator.start(fixture.definition, CruiseState(), key: "c-1")
        _ = try await fixture.clock.advancing { try await handle.outcome().state.cabin }
        let timeline = try await fixture.timeline()
        let entry = try #require(timeline.entries.first { $0.event == "operated" })
        #expect(entry.actor == "kim")
        #expect(entry.reason == "called the harbour")
        #expect(entry.step == "port <A> & \"B\"")
        #expect(timeline.description.contains("an operator decides: mark compensated (kim)"))
        #expect(timeline.steps[0...2].map(\.state) == [.undone, .undone, .undone])
    }

    @Test func aStepThatMayHaveHappenedIsUnknownUntilItIsUndone() async throws {
        let fixture = CruiseFixture()
        fixture.world.script("port", Timeout())
        fixture.world.script("undo port", Refused("harbour closed"))
        let timeline = try await fixture.run()
        #expect(timeline.entries.contains { $0.event == "unknown" && $0.text == "may have happened" })
        #expect(timeline.steps[2].state == .stuck)
        #expect(timeline.description.contains("the outcome of a step is unknown"))
    }

    @Test func aWaitIsToldWithItsEnd() async throws {
        let fixture = CruiseFixture()
        let timeline = try await fixture.run(consenting: false)
        #expect(timeline.status == .aborted)
        let text = timeline.description
        #expect(text.contains("cool down       pauses until +1:3"))
        #expect(text.contains("the pause is over"))
        #expect(text.contains("waits for the signal until +2:3"))
        #expect(text.contains("the saga turns around, time was up"))
    }

    @Test func aTimelineSurvivesBeingStored() async throws {
        let timeline = try await CruiseFixture().run()
        let codec: any PayloadCodec = .json
        #expect(try codec.decode(SagaTimeline.self, from: try codec.encode(timeline)) == timeline)
    }

    @Test func whatIsNotThereIsRefusedWithItsReason() async throws {
        let fixture = TripFixture()
        await #expect(throws: SagaError.unknownSaga(name: "trip", key: "trip-1")) {
            try await fixture.coordinator.timeline(of: "trip", key: "trip-1")
        }
        _ = try await fixture.run()
        let stranger = TripFixture.coordinator(over: fixture.store, fixture.clock, [])
        await #expect(throws: SagaError.unknownDefinition(name: "trip", version: 1, registered: [])) {
            try await stranger.timeline(of: "trip", key: "trip-1")
        }
    }
}
