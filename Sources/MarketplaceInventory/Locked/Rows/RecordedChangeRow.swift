public import MarketplaceCore

/// That a change was recorded, so that a repetition is recognised.
public struct RecordedChangeRow: Hashable, Sendable, Codable {
    /// Names the change.
    public let id: MovementID
    /// Of what, and where.
    public let point: StockPoint
    /// What happened.
    public let action: StockAction
    /// When it happened: what it is forgotten by.
    public let time: Timestamp

    /// Makes a row; for tables that keep it in columns.
    public init(id: MovementID, point: StockPoint, action: StockAction, time: Timestamp) {
        self.id = id
        self.point = point
        self.action = action
        self.time = time
    }

    init(_ change: StockChange) {
        self.init(id: change.id, point: change.point, action: change.action, time: change.time)
    }

    /// Whether a change of the same id is the one that was recorded.
    func isRepeated(by change: StockChange) -> Bool {
        point == change.point && action == change.action
    }
}
