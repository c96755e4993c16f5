public import MarketplaceCore

/// So many units of one SKU, at one location.
public struct ReservationLine: Hashable, Sendable, Codable {
    /// What is wanted.
    public let sku: SKU
    /// How many units of it.
    public let quantity: Quantity
    /// Where they are taken from.
    public let location: LocationKey

    /// Makes a line.
    @inlinable
    public init(_ sku: SKU, _ quantity: Quantity, at location: LocationKey = .main) {
        self.sku = sku
        self.quantity = quantity
        self.location = location
    }

    /// What it takes the units of.
    public var point: StockPoint { StockPoint(sku, at: location) }
}

extension ReservationLine {
    /// So many units as a line, or as several when they are more than a line may have.
    static func lines(of point: StockPoint, units: Int64) -> [ReservationLine] {
        var lines: [ReservationLine] = []
        var rest = units
        while rest > 0 {
            let part = min(rest, Int64(Quantity.maximum))
            if let quantity = try? Quantity(part) {
                lines.append(ReservationLine(point.sku, quantity, at: point.location))
            }
            rest -= part
        }
        return lines
    }
}
