extension JSONDocument {
    /// How large a document from outside may be.
    public struct Limits: Hashable, Sendable {
        /// The most bytes.
        ///
        /// All of it is in memory at once, several times over; 1 MiB by default holds thousands of rules.
        public let maximumBytes: Int
        /// The most objects and arrays within each other.
        ///
        /// The decoder and the types' own decoding call themselves once or more per level, on the thread's stack; 64 by
        /// default is beyond what people write, and far from the end of a stack of half a mebibyte.
        public let maximumDepth: Int

        /// The greatest ``maximumDepth``: the toolchain's decoder goes no deeper.
        public static let deepest = 512

        /// The most combining marks after each other in a key or a string, as in the Stream-Safe Text Format of Unicode
        /// (UAX #15, section 13).
        ///
        /// Comparing or hashing a text sorts such a run, in time that grows with its square: for a whole document, minutes.
        public static let maximumMarks = 30

        /// 1 MiB and 64 levels.
        public static let `default` = Limits()

        /// Limits of a kind of document.
        ///
        /// - Precondition: `maximumBytes` is positive, and `maximumDepth` in 1...``deepest``.
        public init(maximumBytes: Int = 1 << 20, maximumDepth: Int = 64) {
            precondition(maximumBytes > 0, "a document has at least one byte")
            precondition((1...Self.deepest).contains(maximumDepth), "the depth is limited to 1...\(Self.deepest)")
            self.maximumBytes = maximumBytes
            self.maximumDepth = maximumDepth
        }
    }
}
