import MarketplaceCore
import Synchronization

/// What ``FaultInjectingStore/uncertainty(oneIn:seed:)`` remembers from one commit to the next.
final class UncertaintyState: Sendable {
    private struct State {
        var generator: SeededGenerator
        var isUncertain = false
    }

    private let state: Mutex<State>

    init(seed: UInt64) {
        state = Mutex(State(generator: SeededGenerator(seed: seed)))
    }

    /// The fault of the next commit.
    func next(oneIn odds: UInt64) -> CommitFault? {
        state.withLock { state in
            let draw = state.generator.next(through: odds * 2 - 1)
            let fault: CommitFault? =
                switch draw {
                case _ where state.isUncertain: nil
                case 0: .loseAnswer
                case 1: .loseRequest
                default: nil
                }
            state.isUncertain = fault != nil
            return fault
        }
    }
}
