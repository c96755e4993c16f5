import MarketplaceCore

extension WaitingQueueTerms {
    /// What is wrong with terms.
    public enum Fault: String, Hashable, Sendable, Codable {
        /// The rate is of no members, of too many, or per no time or too long a one.
        case rate
        /// The burst is negative or too large.
        case burst
        /// The window is of no time or too long.
        case arrivalWindow = "arrival window"
        /// Nobody may be inside.
        case maximumInside = "maximum inside"
        /// The stay is of no time or too long.
        case maximumStay = "maximum stay"
        /// Nobody may wait, or too many.
        case maximumWaiting = "maximum waiting"
        /// The interval is of no time or too long, or so short that more than ``WaitingQueueLimits/openCalls`` calls
        /// would be open in one window.
        case callInterval = "call interval"
    }

    /// Checks that the terms can be kept.
    func validate() throws(WaitingQueueError) {
        if let fault { throw .refused(.invalidTerms(fault)) }
    }

    /// What is wrong with the terms; nil when they can be kept.
    var fault: Fault? {
        let numbers = 1...WaitingQueueLimits.tickets
        if !numbers.contains(rate.count) || !Self.isInRange(rate.period) { return .rate }
        if !(0...WaitingQueueLimits.tickets).contains(burst) { return .burst }
        if !Self.isInRange(arrivalWindow) { return .arrivalWindow }
        if let maximumInside, !numbers.contains(maximumInside) { return .maximumInside }
        if let maximumStay, !Self.isInRange(maximumStay) { return .maximumStay }
        if !numbers.contains(maximumWaiting) { return .maximumWaiting }
        if !Self.isInRange(callInterval) { return .callInterval }
        return callInterval < Self.shortestCallInterval(for: arrivalWindow) ? .callInterval : nil
    }

    private static func isInRange(_ duration: Duration) -> Bool {
        duration >= .microseconds(1) && duration <= WaitingQueueLimits.longestDuration
    }
}
