public import MarketplacePorts

/// What a sweep over kept notices has done.
public struct NoticeSweep: Sendable, Hashable {
    /// A notice that could not be looked at, and why.
    public struct Failure: Sendable, Hashable {
        /// What the gateway calls the notice.
        public let event: GatewayEventID
        /// Why.
        public let error: PaymentError
    }

    /// How many notices were dealt with.
    public internal(set) var dealtWithCount = 0
    /// How many have to wait still.
    public internal(set) var keptCount = 0
    /// Those that failed; they are tried again by the next sweep, after the others.
    public internal(set) var failures: [Failure] = []

    /// A sweep that has found nothing.
    public init() {}
}
