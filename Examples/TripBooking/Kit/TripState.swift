import MarketplaceSagas

/// A trip: where to, and what was booked for it so far.
package struct TripState: SagaState, Hashable {
    /// Where the traveller wants to go.
    package var destination: String
    /// The airline's reference.
    package var flight: String?
    /// The hotel's reference.
    package var hotel: String?
    /// The car rental's reference.
    package var car: String?
    /// Who has agreed to the price.
    package var approval: String?
    /// The bank's reference.
    package var payment: String?
    /// The reference of the sent tickets.
    package var tickets: String?

    /// A trip for which nothing is booked yet.
    package init(destination: String) {
        self.destination = destination
    }
}
