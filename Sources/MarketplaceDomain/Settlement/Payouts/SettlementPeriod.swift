public import MarketplaceCore

/// The time a settlement run is for: from its start on, up to and without its end.
public struct SettlementPeriod: Sendable, Hashable, Codable {
    /// The first point in time that belongs to it.
    public let start: Timestamp
    /// The first point in time that no longer does.
    public let end: Timestamp

    /// The period that ends there and lasts so long; a duration below zero counts as none.
    public init(endingAt end: Timestamp, lasting duration: Duration = .seconds(86_400)) {
        self.end = end
        start = end.advanced(by: .zero - max(.zero, duration))
    }

    /// Whether a point in time belongs to it.
    public func contains(_ time: Timestamp) -> Bool { start <= time && time < end }
}

extension SettlementPeriod: CustomStringConvertible {
    /// Its start and its end, with a slash between them, as ISO 8601 writes intervals.
    public var description: String { "\(start)/\(end)" }
}
