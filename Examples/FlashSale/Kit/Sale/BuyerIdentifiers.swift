import Marketplace

/// Identifiers that follow from the seed, the buyer and the number of the attempt, whatever other buyers do meanwhile.
///
/// The gateway decides by the ids in its keys. With one source for all, who comes first would decide whose payment is
/// refused, and no run could be repeated.
struct BuyerIdentifiers: IdentifierSource {
    /// The source of the attempt that the current task performs.
    @TaskLocal static var current: SeededIdentifiers?

    private let other: any IdentifierSource

    /// - Parameter other: Where ids come from while no buyer is at a till.
    init(other: any IdentifierSource) {
        self.other = other
    }

    func nextBits() -> UInt128 {
        (Self.current ?? other).nextBits()
    }

    /// The source of one attempt.
    static func source(seed: UInt64, buyer: Int, attempt: Int) -> SeededIdentifiers {
        var generator = SeededGenerator(seed: seed)
        let salt = generator.next()
        generator = SeededGenerator(seed: salt ^ UInt64(buyer) &* 0x9E37_79B9_7F4A_7C15)
        let start = Timestamp(microsecondsSinceEpoch: Int64(buyer) * 4_096 + Int64(attempt))
        return SeededIdentifiers(seed: generator.next() &+ UInt64(attempt), startingAt: start)
    }
}
