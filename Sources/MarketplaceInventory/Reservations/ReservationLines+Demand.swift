import MarketplaceCore

extension ReservationLines {
    /// So many units of one SKU at one location, all lines together.
    struct Demand: Hashable {
        let point: StockPoint
        var units: Int64
    }

    /// How many units are wanted of each SKU at each location, by ascending point.
    var demand: [Demand] { sums(of: \.point) { Demand(point: $0, units: $1) } }

    /// The same, to be looked up.
    var unitsByPoint: [StockPoint: Int64] {
        reduce(into: [:]) { $0[$1.point, default: 0] += $1.quantity.units }
    }

    /// How many units of each SKU are wanted at all locations together, by ascending SKU.
    var demandBySKU: [(sku: SKU, units: Int64)] { sums(of: \.sku) { ($0, $1) } }

    /// The units of the lines that are alike in something, by what that is in ascending order.
    private func sums<Place: Hashable & Comparable, Sum>(
        of place: (ReservationLine) -> Place,
        _ sum: (Place, Int64) -> Sum
    ) -> [Sum] {
        if let single { return [sum(place(single), single.quantity.units)] }
        let units = reduce(into: [Place: Int64]()) { $0[place($1), default: 0] += $1.quantity.units }
        return units.sorted { $0.key < $1.key }.map { sum($0.key, $0.value) }
    }
}
