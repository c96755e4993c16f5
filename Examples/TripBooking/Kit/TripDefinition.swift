import MarketplaceCore
package import MarketplaceSagas

/// The saga of a trip.
package enum TripDefinition {
    /// The name of the saga.
    package static let name = "trip"
    /// The name of the step that waits until the traveller agrees to the price.
    package static let approval = "price agreed"
    /// How long the traveller may think about it.
    package static let thinkingTime = Duration.seconds(24 * 60 * 60)

    /// The saga of a trip that is booked with those suppliers.
    package static func make(_ suppliers: Suppliers) -> SagaDefinition<TripState> {
        SagaDefinition(name, version: 1, state: TripState.self) {
            Parallel {
                Step(
                    "book flight",
                    into: \.flight,
                    onUnknown: .probe { _, step in try await suppliers.find(.airline, for: step.saga) }
                ) { _, step in
                    try await suppliers.book(.airline, for: step.saga)
                } undo: { _, _, step in
                    try await suppliers.cancel(.airline, for: step.saga)
                }
                Step("book hotel", into: \.hotel, undoRetry: .constant(.milliseconds(50), attempts: 3)) { _, step in
                    try await suppliers.book(.hotel, for: step.saga)
                } undo: { _, _, step in
                    try await suppliers.cancel(.hotel, for: step.saga)
                }
            }
            Step("book car", into: \.car) { _, step in
                try await suppliers.book(.cars, for: step.saga)
            } undo: { _, _, step in
                try await suppliers.cancel(.cars, for: step.saga)
            }
            AwaitSignal(approval, into: \.approval, within: thinkingTime)
            Pivot(
                "charge card",
                into: \.payment,
                probe: { _, step in try await suppliers.find(.bank, for: step.saga) }
            ) { _, step in
                try await suppliers.book(.bank, for: step.saga)
            }
            Retriable("send tickets", into: \.tickets) { _, step in
                try await suppliers.book(.office, for: step.saga)
            }
        }
    }
}
