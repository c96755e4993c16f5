public import MarketplaceCore
public import MarketplacePorts

/// A notice of the gateway that cannot be applied yet.
public struct KeptNotice: Sendable, Hashable {
    /// Why a notice is kept.
    public enum Reason: String, Sendable, Hashable, Codable, CaseIterable {
        /// It was taken in, and has not been looked at.
        case notLookedAt
        /// No such payment is known (yet).
        case unknownPayment
        /// It tells of something that follows on what is not known yet.
        case outOfOrder
        /// Nothing that it could be about was begun here, and the gateway itself does not know it under its key.
        case unconfirmed
    }

    /// The notice.
    public let notice: GatewayNotice
    /// Why it is kept.
    public let reason: Reason
    /// When it came.
    public let receivedAt: Timestamp
}
