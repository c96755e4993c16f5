public import MarketplaceCore

/// How often a ``ScriptedPaymentGateway`` misbehaves at the first attempt of a request.
///
/// What the shares leave, it approves. Shares are exact to a millionth, below zero counts as zero, and what goes
/// beyond the whole is cut off in the order of the declarations.
public struct GatewayRates: Sendable, Hashable {
    /// The share it declines.
    public var declined: Percentage
    /// The share it performs without an answer.
    public var timedOutAfterEffect: Percentage
    /// The share it never sees and nobody answers.
    public var timedOutBeforeEffect: Percentage
    /// The share that cannot be sent.
    public var unreachable: Percentage
    /// The share it answers after ``delay``.
    public var slow: Percentage
    /// How late the slow answers are.
    public var delay: Duration

    /// Makes rates.
    public init(
        declined: Percentage = .zero,
        timedOutAfterEffect: Percentage = .zero,
        timedOutBeforeEffect: Percentage = .zero,
        unreachable: Percentage = .zero,
        slow: Percentage = .zero,
        delay: Duration = .seconds(2)
    ) {
        self.declined = declined
        self.timedOutAfterEffect = timedOutAfterEffect
        self.timedOutBeforeEffect = timedOutBeforeEffect
        self.unreachable = unreachable
        self.slow = slow
        self.delay = delay
    }

    /// The behaviours other than approval, each with the end of its part of 0..<1,000,000.
    var bands: [GatewayBand] {
        var bands: [GatewayBand] = []
        var end: Int128 = 0
        for (share, behavior) in [
            (declined, .decline("declined by script")),
            (timedOutAfterEffect, .timeOutAfterEffect),
            (timedOutBeforeEffect, .timeOutBeforeEffect),
            (unreachable, .failToConnect),
            (slow, .answerAfter(delay)),
        ] as [(Percentage, GatewayBehavior)] {
            end += max(0, Int128(share.ratio.numerator) * 1_000_000 / Int128(share.ratio.denominator))
            bands.append(GatewayBand(end: UInt64(clamping: end), behavior: behavior))
        }
        return bands
    }
}
