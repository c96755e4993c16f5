/// What is to happen to a trip.
package enum TripScenario: String, Sendable, Hashable, CaseIterable {
    /// Everything goes well.
    case success
    /// The hotel has no room.
    case refusal
    /// The airline's answer is lost.
    case unknown
    /// There is no car, and the hotel cannot be cancelled.
    case stuck
    /// The worker dies while the car is being booked.
    case takeover

    /// What the scenario shows, in a sentence without its full stop.
    package var summary: String {
        switch self {
        case .success: "all is booked, paid and sent"
        case .refusal: "the hotel has no room, so the flight booked at the same time is cancelled"
        case .unknown: "the airline's answer is lost, so it is asked whether it booked the flight, and it did"
        case .stuck: "there is no car and the hotel cannot be cancelled, until an operator decides"
        case .takeover: "the worker dies while it books the car; another takes over, and no car is booked twice"
        }
    }
}

/// What the operator does about a trip that is stuck.
package enum OperatorDecision: String, Sendable, Hashable, CaseIterable {
    /// Has the hotel's desk opened, and lets the undo be tried again.
    case retry
    /// Cancels the hotel on the telephone, and says so.
    case markCompensated = "mark-compensated"
    /// Nothing: the trip stays stuck.
    case nothing
}
