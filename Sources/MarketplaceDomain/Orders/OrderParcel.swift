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
    /// What of it was set aside anew, because what had been set aside before left with a parcel that did not arrive.
    public let replacements: [OrderUnits]
    /// Whether it came back, so that its units are in stock again; they are lost otherwise.
    public internal(set) var isBackInStock = false
    /// Which of the moves of the order's stock the last one of it was; 0 before the first.
    package internal(set) var stockRevision = 0
    /// How far it is.
    public internal(set) var stage: Stage
}
