public import MarketplaceCore

/// What a ``CarrierCode`` names.
public enum CarrierSubject {}

/// Names a carrier, in the caller's own terms.
public typealias CarrierCode = TextKey<CarrierSubject>

/// What a ``TrackingNumber`` names.
public enum TrackingSubject {}

/// What a carrier calls one parcel.
public typealias TrackingNumber = TextKey<TrackingSubject>

/// By which carrier a parcel goes, and what the carrier calls it.
public struct Waybill: Sendable, Hashable, Codable {
    /// The carrier.
    public let carrier: CarrierCode
    /// What the carrier calls the parcel.
    public let trackingNumber: TrackingNumber

    /// A parcel of a carrier.
    public init(carrier: CarrierCode, trackingNumber: TrackingNumber) {
        self.carrier = carrier
        self.trackingNumber = trackingNumber
    }
}
