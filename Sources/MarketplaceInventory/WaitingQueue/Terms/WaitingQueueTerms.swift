public import MarketplaceCore

/// What a waiting queue goes by, from its creation to its end.
public struct WaitingQueueTerms: Hashable, Sendable, Codable {
    /// The first moment at which anybody is called.
    public var opensAt: Timestamp
    /// How fast members are called.
    public var rate: AdmissionRate
    /// How many places there are at the opening on top of the rate, and how many are kept (at least one) while nobody
    /// can take them: a place beyond that lapses, so that a queue that stood idle does not let a crowd in at once.
    public var burst: Int64
    /// How long a member who was called has to come.
    public var arrivalWindow: Duration
    /// How many may be inside or called at once; nil for any number.
    public var maximumInside: Int64?
    /// How long a member may stay inside; nil for as long as they like.
    ///
    /// With a bound on how many may be inside, set it: who just walks away holds the place until then.
    public var maximumStay: Duration?
    /// How many tickets may wait for their call.
    public var maximumWaiting: Int64
    /// Whether a member who did not come in time may join again, at the end.
    public var noShowsMayRejoin: Bool
    /// The shortest time between two moves of the line, each of which calls all who are due.
    ///
    /// A place that is given back goes to the next member at the first move after it. The shorter it is, the more the
    /// one record of the front is written.
    public var callInterval: Duration

    /// How many may wait unless told otherwise.
    public static let defaultMaximumWaiting: Int64 = 1_000_000
    /// The shortest time between two moves of the line unless told otherwise, if the window is not too long for it:
    /// nobody notices a second in a queue.
    public static let defaultCallInterval = Duration.seconds(1)

    /// Makes terms; what cannot be is told by ``WaitingQueue/create(_:at:)``.
    ///
    /// Without a call interval it is ``defaultCallInterval``, or the shortest the window allows for.
    public init(
        opensAt: Timestamp,
        rate: AdmissionRate,
        burst: Int64 = 0,
        arrivalWindow: Duration,
        maximumInside: Int64? = nil,
        maximumStay: Duration? = nil,
        maximumWaiting: Int64 = WaitingQueueTerms.defaultMaximumWaiting,
        noShowsMayRejoin: Bool = false,
        callInterval: Duration? = nil
    ) {
        self.opensAt = opensAt
        self.rate = rate
        self.burst = burst
        self.arrivalWindow = arrivalWindow
        self.maximumInside = maximumInside
        self.maximumStay = maximumStay
        self.maximumWaiting = maximumWaiting
        self.noShowsMayRejoin = noShowsMayRejoin
        self.callInterval = callInterval ?? max(Self.defaultCallInterval, Self.shortestCallInterval(for: arrivalWindow))
    }

    /// The shortest interval with which no more calls are open in a window than may be.
    static func shortestCallInterval(for window: Duration) -> Duration {
        let (whole, rest) = window.wholeMicroseconds.quotientAndRemainder(dividingBy: WaitingQueueLimits.openCalls)
        return .microseconds(whole + (rest > 0 ? 1 : 0))
    }

    /// How many places the rate and the burst have given by `time`.
    func places(at time: Timestamp) -> Int64 {
        time < opensAt ? 0 : burst + rate.places(since: opensAt, at: time)
    }

    /// When the place of that number (from 1) comes.
    func time(ofPlace place: Int64) -> Timestamp { rate.time(ofPlace: place - burst, since: opensAt) }
}
