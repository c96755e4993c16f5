/// Where a shipment is.
public enum ShipmentStatus: String, Sendable, Hashable, Codable, CaseIterable {
    /// Put together; the carrier does not have it yet.
    case created
    /// The carrier has it.
    case handedOver
    /// It is on its way.
    case inTransit
    /// It is there.
    case delivered
    /// Nobody knows where it is.
    case lost
    /// It came back unopened.
    case returnedToSender
    /// It was called off before the carrier had it.
    case canceled
}
