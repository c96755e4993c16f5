/// The randomness of the system, which is fit for secrets.
public struct SystemRandomSource: RandomSource {
    /// Makes the source.
    public init() {}

    /// The next 64 bits.
    public func next() -> UInt64 {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }
}
