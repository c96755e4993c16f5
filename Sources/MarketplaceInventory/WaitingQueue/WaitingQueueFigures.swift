/// How a waiting queue stands.
public struct WaitingQueueFigures: Hashable, Sendable {
    /// How many numbers were given out: the last number.
    public let joined: Int64
    /// How many tickets wait for their call.
    public let waiting: Int64
    /// The last number that was called or, having left, passed over.
    public let calledThrough: Int64
    /// How many tickets were called.
    public let called: Int64
    /// How many of the called did not come; each place went back once.
    public let noShows: Int64
    /// How many of the called left before they entered; each place went back once.
    public let givenBack: Int64
    /// How many places are taken: by the called who may still come and by those inside.
    public let placesTaken: Int64
    /// What the queue is closed to; nil while it is open to all.
    public let closing: WaitingQueueClosing?

    /// Makes figures; for other forms of a queue.
    public init(
        joined: Int64,
        waiting: Int64,
        calledThrough: Int64,
        called: Int64,
        noShows: Int64,
        givenBack: Int64,
        placesTaken: Int64,
        closing: WaitingQueueClosing?
    ) {
        self.joined = joined
        self.waiting = waiting
        self.calledThrough = calledThrough
        self.called = called
        self.noShows = noShows
        self.givenBack = givenBack
        self.placesTaken = placesTaken
        self.closing = closing
    }
}
