public import MarketplaceCore

/// The units of a SKU that are kept back, at every location or at some.
public struct SafetyStock: Hashable, Sendable, Codable {
    private struct Exception: Hashable, Codable {
        let location: LocationKey
        let units: Int64
    }

    private let standard: Int64
    // By ascending location, so that equal values are written alike.
    private let exceptions: [Exception]

    /// So many units at every location, and others at some.
    public init(_ units: Int64 = 0, except exceptions: [LocationKey: Int64] = [:]) {
        standard = units
        self.exceptions = exceptions.map { Exception(location: $0.key, units: $0.value) }
            .sorted { $0.location < $1.location }
    }

    /// Nothing is kept back.
    public static let none = SafetyStock()

    /// The units that are kept back at a location.
    public subscript(location: LocationKey) -> Int64 {
        exceptions.first { $0.location == location }?.units ?? standard
    }

    /// Whether all figures are within 0 and the most units there may be, and the locations are possible ones.
    var isValid: Bool {
        let range = 0...InventoryLimits.unitsOnHand
        return range.contains(standard) && exceptions.count <= InventoryLimits.locationsPerSKU
            && exceptions.allSatisfy { exception in
                range.contains(exception.units)
                    && exception.location.text.utf8.count <= InventoryLimits.locationBytes
            }
    }
}

extension SafetyStock: ExpressibleByIntegerLiteral {
    /// So many units at every location.
    public init(integerLiteral value: Int64) {
        self.init(value)
    }
}
