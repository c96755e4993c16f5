/// The source of wall-clock time.
///
/// Rules never read a clock: time comes in as an argument. Shells that need "now" are handed a `WallClock`, so that a
/// test can hand them another. Elapsed time (leases, time-outs, back-off) is measured on a monotonic
/// `Clock<Duration>`, never by subtracting two wall times.
public protocol WallClock: Sendable {
    /// The current wall-clock time.
    var now: Timestamp { get }
}
