import MarketplaceCore

/// The front of the line: how far it has been called, and the rules by which it moves.
///
/// A value, without a clock or anything to wait for.
///
/// Everything about a ticket in the line follows from its number and this value, so a status costs the same however
/// many wait. Of the calls whose window is open only a count of answers is kept elsewhere; when the window is over,
/// size − answers is how many did not come, without looking at a single ticket.
struct WaitingFront: Hashable, Sendable, Codable {
    let terms: WaitingQueueTerms
    /// The last number that was called or passed over.
    private(set) var calledThrough: Int64 = 0
    /// How many were called; the numbers that were passed over are not counted.
    private(set) var called: Int64 = 0
    /// How many of the called did not come.
    private(set) var noShows: Int64 = 0
    /// How many of the called had left before they entered, when the line last moved.
    private(set) var givenBack: Int64 = 0
    /// How many places nobody could take in time.
    private(set) var lapsed: Int64 = 0
    /// The calls whose window is open, by ascending numbers and deadlines.
    private(set) var openCalls: [WaitingCall] = []
    /// The number of the last call.
    private(set) var lastCall: Int64 = 0
    /// When the line last moved.
    private(set) var movedAt: Timestamp?
    private(set) var closing: WaitingQueueClosing?
    private(set) var closedAt: Timestamp?

    init(terms: WaitingQueueTerms) {
        self.terms = terms
    }

    // MARK: Moving

    /// Whether enough time has passed since the line last moved; before the opening there is nothing to move.
    func isDue(at time: Timestamp) -> Bool { time >= max(terms.opensAt, nextMove) }

    /// The calls whose window is over at `time`.
    func overdueCalls(at time: Timestamp) -> ArraySlice<WaitingCall> {
        openCalls.prefix { $0.deadline <= time }
    }

    /// Notices who did not come: ends the calls whose window is over, given how many of each were answered.
    mutating func settleCalls(at time: Timestamp, answers: (WaitingCall) -> Int64) {
        let overdue = overdueCalls(at: time)
        for call in overdue { noShows += max(0, call.size - answers(call)) }
        openCalls.removeFirst(overdue.count)
    }

    /// How many may be called at `time`, by the rate alone and after all.
    ///
    /// Each no-show and each place that was given back makes room for one more, both against the rate and inside.
    func allowance(at time: Timestamp, _ tally: WaitingTally) -> WaitingAllowance {
        guard closing != .everybody else { return WaitingAllowance(byRate: 0, places: 0) }
        let returned = noShows + tally.givenBack
        let byRate = max(0, terms.places(at: time) + returned - lapsed - called)
        guard let maximum = terms.maximumInside else { return WaitingAllowance(byRate: byRate, places: byRate) }
        let inside = max(0, maximum + returned + tally.exited - called)
        return WaitingAllowance(byRate: byRate, places: min(byRate, inside))
    }

    /// Calls the next tickets in the order of their numbers, passing over those that left.
    mutating func call(_ allowance: WaitingAllowance, at time: Timestamp, _ tally: WaitingTally, _ gone: GoneTickets) {
        let most = min(allowance.places, WaitingQueueLimits.callsPerMove)
        let end = min(tally.joined, gone.knownThrough)
        var (number, count) = (calledThrough, Int64(0))
        while count < most, number < end {
            number += 1
            if !gone.numbers.contains(number) { count += 1 }
        }
        if count > 0 {
            lastCall += 1
            let deadline = time.advanced(by: terms.arrivalWindow)
            openCalls.append(
                WaitingCall(id: lastCall, first: calledThrough + 1, last: number, size: count, deadline: deadline)
            )
        }
        calledThrough = number
        called += count
        givenBack = tally.givenBack
        if count == allowance.places || number == tally.joined {
            let kept = max(1, terms.burst)
            lapsed += max(0, allowance.byRate - count - kept)
        }
    }

    /// This front, having moved at `time`; nil when nothing is different from `earlier` and nobody's stay was ended.
    func stamped(
        at time: Timestamp,
        ifChangedFrom earlier: WaitingFront,
        orIf didEndStays: Bool
    ) -> WaitingFront? {
        guard didEndStays || self != earlier else { return nil }
        var copy = self
        copy.movedAt = time
        return copy
    }

    /// The front of a queue that is closed from `time` on; nil when it was closed to that before.
    func closed(to closing: WaitingQueueClosing, at time: Timestamp) -> WaitingFront? {
        let wider = closing.widening(self.closing)
        guard wider != self.closing else { return nil }
        var copy = self
        copy.closing = wider
        copy.closedAt = closedAt ?? time
        return copy
    }

    // MARK: Reading

    /// Whether it can have come about by these rules: what was stored may be anything.
    var isSound: Bool {
        let counts = [calledThrough, called, noShows, givenBack, lapsed, lastCall]
        return counts.allSatisfy((0...WaitingQueueLimits.numbers).contains) && terms.fault == nil
            && openCalls.allSatisfy { (0...calledThrough).contains($0.size) && $0.id <= lastCall }
    }

    /// The earliest time at which the line moves next.
    var nextMove: Timestamp { movedAt?.advanced(by: terms.callInterval) ?? .distantPast }

    /// How many numbers may have been given out for one more ticket to be allowed to wait.
    ///
    /// With a count of departures that is out of date it is only lower.
    func lastNumber(departed: Int64) -> Int64 {
        min(called + departed + terms.maximumWaiting, WaitingQueueLimits.numbers)
    }

    /// How many tickets wait.
    func waiting(_ tally: WaitingTally) -> Int64 { max(0, tally.joined - tally.departed - called) }

    /// The figures of the queue.
    func figures(_ tally: WaitingTally) -> WaitingQueueFigures {
        WaitingQueueFigures(
            joined: tally.joined,
            waiting: waiting(tally),
            calledThrough: calledThrough,
            called: called,
            noShows: noShows,
            givenBack: tally.givenBack,
            placesTaken: called - noShows - tally.givenBack - tally.exited,
            closing: closing
        )
    }
}
