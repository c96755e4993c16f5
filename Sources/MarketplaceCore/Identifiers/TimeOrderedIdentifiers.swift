import Synchronization

/// The identifiers of a running system: UUID version 7, strictly increasing within one source.
///
/// The twelve bits behind the milliseconds hold the fraction of the millisecond and serve as a counter from there on
/// (RFC 9562 section 6.2, method 3, counted on as in method 1): an identifier whose time is not past the last one's
/// gets the last one's order plus one. So neither a burst nor a clock that is set back turns the order around; the
/// source runs ahead until the clock catches up. The last 62 bits are random, which keeps several sources apart.
public final class TimeOrderedIdentifiers: IdentifierSource {
    private let clock: any WallClock
    private let random: any RandomSource
    private let lastOrder = Mutex<UInt64>(0)

    /// Makes a source on a clock.
    public init(clock: any WallClock, random: any RandomSource = SystemRandomSource()) {
        self.clock = clock
        self.random = random
    }

    /// The bits of the next identifier.
    public func nextBits() -> UInt128 {
        let tail = random.next()
        let now = TimeOrder.order(of: clock.now)
        let order = lastOrder.withLock { last in
            // The last order of the 60 bits, in the year 10889, is given out again and again, told apart by the tail.
            last = min(max(now, last + 1), .max >> 4)
            return last
        }
        return TimeOrder.bits(order: order, tail: tail)
    }
}
