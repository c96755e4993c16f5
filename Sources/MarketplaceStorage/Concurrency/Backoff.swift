/// How long to wait before an attempt is made again.
///
/// A value, so that it reads as configuration: `.exponential(cap: .seconds(30))`.
public struct Backoff: Hashable, Sendable {
    /// The wait before the second attempt.
    public let first: Duration
    /// The most any wait grows to.
    public let cap: Duration
    /// What each further wait is multiplied with.
    public let factor: Int

    private init(first: Duration, cap: Duration, factor: Int) {
        precondition(first >= .zero && cap >= first, "a back-off grows from its first wait to its cap")
        self.first = first
        self.cap = cap
        self.factor = factor
    }

    /// The same wait every time.
    public static func constant(_ wait: Duration) -> Backoff {
        Backoff(first: wait, cap: wait, factor: 1)
    }

    /// Waits that double from `first` up to `cap`.
    public static func exponential(first: Duration = .milliseconds(50), cap: Duration = .seconds(30)) -> Backoff {
        Backoff(first: first, cap: cap, factor: 2)
    }

    /// The wait after `failures` failed attempts (from 1), without jitter.
    ///
    /// - Complexity: logarithmic in the ratio of cap and first wait.
    public func wait(afterFailures failures: Int) -> Duration {
        guard factor > 1, first > .zero else { return first }
        var wait = first
        for _ in 1..<max(failures, 1) {
            guard wait < cap else { break }
            wait = wait * factor
        }
        return min(wait, cap)
    }

    /// The wait after `failures` failed attempts, spread over its upper half by `randomBits`, so that many who failed
    /// together do not come back together ("equal jitter").
    public func wait(afterFailures failures: Int, randomBits: UInt64) -> Duration {
        let full = wait(afterFailures: failures)
        let steps: UInt64 = 1_024
        return full / 2 + full * Int(randomBits % steps) / Int(steps * 2)
    }
}
