public import MarketplaceCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The wall clock of the machine (`CLOCK_REALTIME`), to the microsecond.
public struct SystemWallClock: WallClock {
    /// Makes the clock.
    public init() {}

    /// The current wall-clock time.
    public var now: Timestamp {
        var time = timespec()
        // The call fills in the struct it is given and keeps no pointer to it.
        _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(microsecondsSinceEpoch: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }
}

extension WallClock where Self == SystemWallClock {
    /// The wall clock of the machine.
    public static var system: SystemWallClock { SystemWallClock() }
}
