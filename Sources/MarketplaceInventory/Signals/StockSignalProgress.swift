/// How far a ``StockSignalReader`` has come: to be kept, all of it together.
public struct StockSignalProgress: Hashable, Sendable, Codable {
    /// The movements up to which it has read.
    public var cursor: MovementCursor
    /// What it knows of the stock by then.
    public var detector: StockSignalDetector

    /// Makes progress of its parts.
    public init(cursor: MovementCursor, detector: StockSignalDetector) {
        self.cursor = cursor
        self.detector = detector
    }

    /// Before the first movement.
    public static let start = StockSignalProgress(cursor: .start, detector: StockSignalDetector())
}
