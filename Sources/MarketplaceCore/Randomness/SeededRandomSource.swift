import Synchronization

/// The numbers of a ``SeededGenerator``, shared: the same seed gives the same ones, in the same order.
public final class SeededRandomSource: RandomSource {
    private let generator: Mutex<SeededGenerator>

    /// Makes the source of a seed.
    public init(seed: UInt64) {
        generator = Mutex(SeededGenerator(seed: seed))
    }

    /// The next 64 bits.
    public func next() -> UInt64 {
        generator.withLock { $0.next() }
    }
}
