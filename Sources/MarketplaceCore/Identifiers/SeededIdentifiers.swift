import Synchronization

/// The identifiers of a test or a simulation: the same seed gives the same ones, in the same order, on any machine.
///
/// They have the form of UUID version 7 and are strictly increasing. Identifiers of two seeds differ in their last 62
/// bits. With several tasks the sequence is the same, but which task gets which is not.
public final class SeededIdentifiers: IdentifierSource {
    private struct State {
        var order: UInt64
        var generator: SeededGenerator
    }

    private let state: Mutex<State>

    /// Makes the source of a seed.
    ///
    /// - Parameters:
    ///   - seed: What the identifiers are drawn from.
    ///   - start: The time in the first identifier; the others follow it by a 4096th of a millisecond each.
    public init(seed: UInt64, startingAt start: Timestamp = .epoch) {
        state = Mutex(State(order: TimeOrder.order(of: start), generator: SeededGenerator(seed: seed)))
    }

    /// The bits of the next identifier.
    public func nextBits() -> UInt128 {
        state.withLock { state in
            let bits = TimeOrder.bits(order: state.order, tail: state.generator.next())
            state.order = min(state.order + 1, .max >> 4)
            return bits
        }
    }
}
