import MarketplaceCore
import MarketplaceJSON
import MarketplaceSagas
package import MarketplaceStorage
package import MarketplaceTestKit
import Synchronization

/// Six steps: one, a pair at the same time, one more, the pivot, and one that is retried.
package struct TrialTripState: SagaState, Equatable {
    package var traveller: String
    package var account: String?
    package var flight: String?
    package var hotel: String?
    package var insurance: String?
    package var payment: String?
    package var mail: String?

    package init(traveller: String) {
        self.traveller = traveller
    }
}

/// Participants that keep their promises: a call with a known key is answered with the first result, and one that
/// comes after its undo is refused.
package final class TrialTripWorld: Sendable {
    private struct State {
        var standing: Set<String> = []
        var undone: Set<String> = []
        var closed: Set<String> = []
    }

    /// A way to be wrong.
    package enum Fault: Sendable, CaseIterable {
        case undoDoesNothing
        case lateCallsAreTaken
        case everyCallCounts
    }

    private let state = Mutex(State())
    private let fault: Fault?

    init(_ fault: Fault? = nil) {
        self.fault = fault
    }

    var effects: [String] { state.withLock { $0.standing.sorted() } }

    func perform(_ name: String, _ step: StepContext) throws -> String {
        try state.withLock { state in
            if fault != .lateCallsAreTaken, state.closed.contains(name) { throw Refused("\(name) was undone") }
            var effect = name
            while fault == .everyCallCounts, state.standing.contains(effect) { effect += "!" }
            state.standing.insert(effect)
            return "\(name) ok"
        }
    }

    func undo(_ name: String) {
        state.withLock { state in
            state.closed.insert(name)
            if fault != .undoDoesNothing { state.standing.remove(name) }
        }
    }

    func has(_ name: String) -> Bool { state.withLock { $0.standing.contains(name) } }
}

func trialTrip(_ world: TrialTripWorld) -> SagaDefinition<TrialTripState> {
    SagaDefinition("trial trip", version: 1, state: TrialTripState.self) {
        Step("account", into: \.account) { _, step in
            try world.perform("account", step)
        } undo: { _, _, _ in
            world.undo("account")
        }
        Parallel {
            Step("flight", into: \.flight) { _, step in
                try world.perform("flight", step)
            } undo: { _, _, _ in
                world.undo("flight")
            }
            Step("hotel", into: \.hotel) { _, step in
                try world.perform("hotel", step)
            } undo: { _, _, _ in
                world.undo("hotel")
            }
        }
        Step("insurance", into: \.insurance, onUnknown: .retry) { _, step in
            try world.perform("insurance", step)
        } undo: { _, _, _ in
            world.undo("insurance")
        }
        Pivot(
            "payment",
            into: \.payment,
            probe: { _, _ in world.has("payment") ? .done("payment ok") : .notDone }
        ) { _, step in
            try world.perform("payment", step)
        }
        Retriable("mail", into: \.mail) { _, step in
            try world.perform("mail", step)
        }
    }
}

/// The six steps as a stage for the trials of sagas, on stores of any kind.
package func trialStage(
    _ fault: TrialTripWorld.Fault? = nil,
    store: @escaping @Sendable (ManualClock) -> any Store
) -> SagaStage<TrialTripState> {
    SagaStage(
        codec: .json,
        store: store,
        scene: {
            let world = TrialTripWorld(fault)
            return SagaScene(trialTrip(world), input: TrialTripState(traveller: "Ada")) { world.effects }
        }
    )
}
