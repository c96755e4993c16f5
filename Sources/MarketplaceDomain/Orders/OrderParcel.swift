/// A shipment as its order knows it.
public struct OrderParcel: Sendable, Hashable {
    /// How far a shipment is, as far as the order has to know.
    public enum Stage: String, Sendable, Hashable, Codable, CaseIterable {
        /// Put together; the carrier does not have it yet.
        case packed
        /// Called off before the carrier had it. The end.
        case unpacked
        /// On its way.
        case shipped
        /// There. The end.
        case delivered
        /// Lost, or come back unopened. The end.
        case takenBack
    }

    /// What is in it.
    public let units: [OrderUnits]
    /// How far it is.
    public internal(set) var stage: Stage
}
