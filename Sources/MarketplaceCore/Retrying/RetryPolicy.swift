/// How often something is tried again, and after which pauses.
///
/// A policy is a value: `.exponential(from: .milliseconds(50), cap: .seconds(30), attempts: 8)`. The pauses follow
/// "full jitter" (Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015): a random part of the
/// doubled pause, so that callers who failed together do not come back together.
public struct RetryPolicy: Sendable, Hashable {
    /// How much of a pause is random.
    public enum Jitter: Sendable, Hashable {
        /// Nothing: every pause is as long as it can be.
        case none
        /// The pause lies anywhere between nothing and its full length.
        case full
        /// At least half of the pause is waited, the rest is random.
        case equal
    }

    /// The most attempts, the first one included; nil for no end.
    public let attempts: Int?
    /// The pause after the first attempt.
    public let initialPause: Duration
    /// Whether the pause doubles from one attempt to the next.
    public let isDoubling: Bool
    /// The longest pause.
    public let cap: Duration
    /// How much of a pause is random.
    public let jitter: Jitter

    /// The longest cap a policy may have: a year, far below where doubling a `Duration` would overflow.
    public static let longestCap = Duration.seconds(365 * 24 * 60 * 60)

    private init(attempts: Int?, initialPause: Duration, isDoubling: Bool, cap: Duration, jitter: Jitter) {
        precondition(attempts.map { $0 > 0 } ?? true, "there is at least one attempt")
        precondition(initialPause >= .zero && cap >= .zero, "a pause is not negative")
        precondition(cap <= Self.longestCap, "a pause is at most a year long")
        self.attempts = attempts
        self.initialPause = initialPause
        self.isDoubling = isDoubling
        self.cap = cap
        self.jitter = jitter
    }

    /// One attempt, no other.
    public static let never = RetryPolicy(
        attempts: 1,
        initialPause: .zero,
        isDoubling: false,
        cap: .zero,
        jitter: .none
    )

    /// Attempts with the same pause between them.
    public static func constant(_ pause: Duration, attempts: Int?, jitter: Jitter = .none) -> RetryPolicy {
        RetryPolicy(attempts: attempts, initialPause: pause, isDoubling: false, cap: pause, jitter: jitter)
    }

    /// Attempts whose pause doubles from one to the next, up to a cap.
    ///
    /// - Parameters:
    ///   - first: The pause after the first attempt.
    ///   - cap: The longest pause.
    ///   - attempts: The most attempts, the first one included; nil for no end.
    ///   - jitter: How much of a pause is random.
    /// - Returns: The policy.
    public static func exponential(
        from first: Duration = .milliseconds(50),
        cap: Duration = .seconds(30),
        attempts: Int? = 8,
        jitter: Jitter = .full
    ) -> RetryPolicy {
        RetryPolicy(attempts: attempts, initialPause: first, isDoubling: true, cap: cap, jitter: jitter)
    }

    /// The pause after that many failed attempts, or nil when there is to be no other.
    ///
    /// - Parameters:
    ///   - failures: How many attempts have failed, at least one.
    ///   - random: 64 random bits, which decide the jitter.
    /// - Returns: The pause; nil when the attempts are used up.
    public func pause(afterFailures failures: Int, random: UInt64) -> Duration? {
        if let attempts, failures >= attempts { return nil }
        return jitter.pause(upTo: longestPause(afterFailures: failures), random: random)
    }

    private func longestPause(afterFailures failures: Int) -> Duration {
        var pause = Swift.min(initialPause, cap)
        guard isDoubling, pause > .zero else { return pause }
        for _ in 1..<Swift.max(1, failures) {
            if pause >= cap { break }
            pause = Swift.min(cap, pause * 2)
        }
        return pause
    }
}

extension RetryPolicy.Jitter {
    /// The pause that 64 random bits choose of one that is at most `longest`.
    public func pause(upTo longest: Duration, random: UInt64) -> Duration {
        switch self {
        case .none: longest
        case .full: Self.part(of: longest, random)
        case .equal: longest / 2 + Self.part(of: longest / 2, random)
        }
    }

    /// The part of `duration` that 64 random bits choose, evenly between nothing and all of it.
    private static func part(of duration: Duration, _ random: UInt64) -> Duration {
        let microseconds = UInt64(clamping: duration.wholeMicroseconds)
        return .microseconds(Int64(clamping: microseconds.multipliedFullWidth(by: random).high))
    }
}
