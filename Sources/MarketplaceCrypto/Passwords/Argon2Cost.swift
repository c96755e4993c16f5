#if Crypto
/// How much work a hash of a password takes (RFC 9106).
public struct Argon2Cost: Sendable, Hashable {
    /// The memory, in blocks of 1,024 bytes.
    public let memoryKibibytes: UInt32
    /// How often the memory is gone through.
    public let passes: UInt32
    /// How many lanes the memory has; they are computed one after the other here.
    public let lanes: UInt32

    /// The most memory: what a hash in a store asks for is not more than a server has.
    public static let maximumMemoryKibibytes: UInt32 = 1_048_576
    /// The most passes.
    public static let maximumPasses: UInt32 = 64
    /// The most lanes.
    public static let maximumLanes: UInt32 = 16

    /// 19 MiB, two passes, one lane: what OWASP's cheat sheet on password storage asks for at least.
    public static let standard = Argon2Cost(uncheckedMemoryKibibytes: 19_456, passes: 2, lanes: 1)

    /// The cost of these numbers; nil when one is outside its bounds, or a lane has less than 8 blocks.
    public init?(memoryKibibytes: UInt32, passes: UInt32, lanes: UInt32 = 1) {
        guard (1...Self.maximumPasses).contains(passes), (1...Self.maximumLanes).contains(lanes),
            (8 * lanes...Self.maximumMemoryKibibytes).contains(memoryKibibytes)
        else { return nil }
        self.init(uncheckedMemoryKibibytes: memoryKibibytes, passes: passes, lanes: lanes)
    }

    private init(uncheckedMemoryKibibytes memoryKibibytes: UInt32, passes: UInt32, lanes: UInt32) {
        self.memoryKibibytes = memoryKibibytes
        self.passes = passes
        self.lanes = lanes
    }
}
#endif
