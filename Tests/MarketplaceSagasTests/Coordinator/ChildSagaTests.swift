import MarketplaceCore
import MarketplaceInMemory
import MarketplaceSagas
import MarketplaceStorage
import MarketplaceTestKit
import Testing

struct ChildSagaTests {
    private struct ParentState: SagaState {
        var flight: String?
        var isPaid: Bool?
    }

    private let clock = ManualClock()
    private let store = InMemoryStore()
    private let world = TripWorld()

    /// A trip without a point of no return: two things that can be undone.
    private var child: SagaDefinition<TripState> {
        let world = world
        return SagaDefinition("booking", version: 1, state: TripState.self) {
            Step("flight", into: \.flight) { _, step in
                try world.call("flight", step)
                return "LH1"
            } undo: { _, effect, step in
                try world.call(if: effect, "undo flight", step)
            }
            Step("hotel", into: \.hotel) { _, step in
                try world.call("hotel", step)
                return "Ritz"
            } undo: { _, effect, step in
                try world.call(if: effect, "undo hotel", step)
            }
        }
    }

    private func run() async throws -> SagaOutcome<ParentState> {
        let world = world
        let parent = SagaDefinition("parent", version: 1, state: ParentState.self) {
            Step("book", into: \.flight, running: child) { _, _ in
                TripState(traveller: "Ada")
            } result: { child in
                child.flight ?? ""
            }
            Pivot("pay", into: \.isPaid) { _, step in
                try world.call("pay", step)
                return true
            }
        }
        let coordinator = TripFixture.coordinator(
            over: store,
            clock,
            [SagaRegistration(parent), SagaRegistration(child)]
        )
        let handle = try await coordinator.start(parent, ParentState(), key: "p")
        return try await clock.advancing { try await handle.outcome() }
    }

    @Test func theResultOfTheChildReachesTheParent() async throws {
        guard case .completed(let state) = try await run() else {
            Issue.record("not completed")
            return
        }
        #expect(state.flight == "LH1")
        #expect(world.calls == ["flight", "hotel", "pay"])
    }

    @Test func aChildThatTurnsAroundTurnsItsParentAround() async throws {
        world.script("hotel", Refused("full"))
        guard case .aborted(_, let abort) = try await run() else {
            Issue.record("not aborted")
            return
        }
        #expect(abort.step == "book")
        #expect(world.calls == ["flight", "hotel", "undo flight"])
    }

    @Test func aCompletedChildIsUndoneAsAWholeWhenItsParentTurnsAround() async throws {
        world.script("pay", Refused("declined"))
        guard case .aborted(_, let abort) = try await run() else {
            Issue.record("not aborted")
            return
        }
        #expect(abort.step == "pay")
        #expect(world.calls == ["flight", "hotel", "pay", "undo hotel", "undo flight"])
    }
}
