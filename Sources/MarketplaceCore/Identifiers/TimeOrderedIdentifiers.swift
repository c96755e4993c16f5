import Synchronization

/// The identifiers of a running system: UUID version 7, strictly increasing within one source.
///
/// The twelve bits behind the milliseconds hold the fraction of the millisecond and serve as a counter from there on
/// (RFC 9562 section 6.2, method 3, counted on as in method 1): an identifier whose time is not past the last one's
/// gets the last one's order plus one. So neither a burst nor a clock that is set back turns the order around; the
/// source runs ahead until the clock catches up. The last 62 bits are random, which keeps several sources apart: they
/// come from a generator that takes a new seed from `random` every ``tailsPerSeed`` identifiers. So identifiers are
/// unique, but they are not secrets: do not hand one out as a key to something.
public final class TimeOrderedIdentifiers: IdentifierSource {
    /// How many identifiers are made of one seed: few enough that what one source makes is always reseeded soon, many
    /// enough that the system is not asked for randomness all the time.
    public static let tailsPerSeed = 256

    private struct State {
        var lastOrder: UInt64 = 0
        var tails = SeededGenerator(seed: 0)
        var tailsLeft = 0
    }

    private let clock: any WallClock
    private let random: any RandomSource
    private let state = Mutex(State())

    /// Makes a source on a clock.
    public init(clock: any WallClock, random: any RandomSource = SystemRandomSource()) {
        self.clock = clock
        self.random = random
    }

    /// The bits of the next identifier.
    public func nextBits() -> UInt128 {
        let now = TimeOrder.order(of: clock.now)
        let (order, tail) = state.withLock { state in
            // The last order of the 60 bits, in the year 10889, is given out again and again, told apart by the tail.
            state.lastOrder = min(max(now, state.lastOrder + 1), .max >> 4)
            if state.tailsLeft == 0 {
                state.tails = SeededGenerator(seed: random.next())
                state.tailsLeft = Self.tailsPerSeed
            }
            state.tailsLeft -= 1
            return (state.lastOrder, state.tails.next())
        }
        return TimeOrder.bits(order: order, tail: tail)
    }
}
