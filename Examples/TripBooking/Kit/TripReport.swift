package import MarketplaceSagas

/// How a trip has ended.
package enum TripEnding: String, Sendable, Hashable, CaseIterable {
    /// It is booked, paid, and the tickets are sent.
    case booked
    /// It was refused, and everything is cancelled.
    case undone
    /// It waits for an operator.
    case stuck

    /// What the command exits with.
    package var exitCode: Int32 {
        switch self {
        case .booked: 0
        case .undone: 3
        case .stuck: 4
        }
    }
}

/// What came of a trip.
package struct TripReport: Sendable {
    /// How it has ended.
    package let ending: TripEnding
    /// What was booked.
    package let state: TripState
    /// What happened, from the journal.
    package let timeline: SagaTimeline
    /// What the suppliers were asked for.
    package let calls: [SupplierCall]
    /// What is booked at the end and not cancelled.
    package let bookedWith: Set<Supplier>
    /// The sagas in the store, stalest first.
    package let sagas: [SagaSummary]
    /// The trip's definition as a Mermaid flowchart.
    package let definition: String
}
