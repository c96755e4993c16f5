/// A source of randomness that many tasks share.
///
/// Rules never draw random numbers. Shells that need them (jitter, the tails of identifiers) are handed a source, so
/// that a test can hand them a seeded one and get the same run twice.
public protocol RandomSource: Sendable {
    /// The next 64 random bits.
    func next() -> UInt64
}

extension RandomSource {
    /// A number of 0...`bound`, each as likely as the others.
    public func next(through bound: UInt64) -> UInt64 {
        uniform(through: bound) { next() }
    }
}
