public import MarketplaceCore
public import MarketplaceDomain

/// A company that brings parcels: the port behind which its interface stands.
///
/// Like every effect beyond this process, booking takes a key: repeated with the same key it books nothing more and
/// gives the first waybill.
public protocol CarrierGateway: Sendable {
    /// Books the transport of a shipment.
    ///
    /// - Parameters:
    ///   - request: What is to be brought where.
    ///   - key: Names the booking.
    /// - Returns: The waybill.
    /// - Throws: ``CarrierError``.
    func book(_ request: CarrierRequest, key: IdempotencyKey) async throws(CarrierError) -> Waybill

    /// Where a parcel is; nil when the carrier does not know the number (yet).
    func track(_ waybill: Waybill) async throws(CarrierError) -> TrackingReport?
}

/// What a carrier is to bring where.
public struct CarrierRequest: Sendable, Hashable {
    /// The shipment.
    public let shipment: ShipmentID
    /// By which carrier, where the port stands for several.
    public let carrier: CarrierCode
    /// Where to; nil where the carrier learns it another way.
    public let address: PostalAddress?

    /// A shipment and where it is to be brought.
    public init(shipment: ShipmentID, carrier: CarrierCode, address: PostalAddress?) {
        self.shipment = shipment
        self.carrier = carrier
        self.address = address
    }
}

/// What a carrier says of a parcel.
public struct TrackingReport: Sendable, Hashable {
    /// Where a parcel can be.
    public enum Stage: String, Sendable, Hashable, CaseIterable {
        /// Announced; the carrier does not have it.
        case announced
        /// With the carrier.
        case accepted
        /// On its way.
        case inTransit
        /// There.
        case delivered
        /// Nobody knows where it is.
        case lost
        /// Back with who sent it.
        case returned
    }

    /// Where it is.
    public let stage: Stage
    /// Since when.
    public let at: Timestamp

    /// A report.
    public init(stage: Stage, at: Timestamp) {
        self.stage = stage
        self.at = at
    }
}
