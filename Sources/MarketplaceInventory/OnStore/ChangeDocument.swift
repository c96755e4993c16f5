import MarketplaceCore

/// What is stored of a recorded change, so that a repetition is recognised.
struct ChangeDocument: Codable, Hashable, Sendable {
    let point: StockPoint
    let action: StockAction
}
