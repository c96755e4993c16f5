/// How much longer a law waits for something, in real time of which a busy machine takes nothing away.
///
/// Tasks run in turns. Where other tests keep all processors busy, the time until the next turn is theirs: it says
/// nothing about what is waited for. So of the time between two looks no more than ``longestLook`` counts: whatever else
/// runs, what is waited for gets twenty turns between two looks, and a second of patience is twenty looks at least.
struct LawPatience {
    /// The most of the time between two looks that counts: many times what one takes on an idle machine.
    static let longestLook = Duration.milliseconds(50)

    private let limit: Duration
    private var spent = Duration.zero
    private var lastLook = ContinuousClock.now

    /// Patience that begins now.
    init(_ limit: Duration) {
        self.limit = limit
    }

    /// Takes note of a look, and tells whether patience has ended.
    mutating func hasEnded() -> Bool {
        let now = ContinuousClock.now
        spent += min(now - lastLook, Self.longestLook)
        lastLook = now
        return spent >= limit
    }

    /// Begins anew.
    mutating func renew() {
        spent = .zero
        lastLook = .now
    }
}
