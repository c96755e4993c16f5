public import MarketplaceCore

/// Whether a consent is given, and since when that is so.
public struct ConsentState: Sendable, Hashable, Codable {
    /// Whether it is given.
    public let isGiven: Bool
    /// When it was given or taken back last.
    public let changedAt: Timestamp

    /// A consent of these parts.
    public init(isGiven: Bool, changedAt: Timestamp) {
        self.isGiven = isGiven
        self.changedAt = changedAt
    }
}
