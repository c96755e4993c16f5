public import MarketplaceCore

/// What a strategy ranks locations by: where units are that are wanted.
public struct PlacementOffer: Hashable, Sendable {
    /// One location.
    public struct Place: Hashable, Sendable {
        /// Where.
        public let location: LocationKey
        /// The units that can be reserved there: of the SKU, or of all SKUs that are wanted together.
        public let available: Int64

        /// Makes a place.
        public init(_ location: LocationKey, available: Int64) {
            self.location = location
            self.available = available
        }
    }

    /// The SKU; nil when the offer is for a whole order.
    public let sku: SKU?
    /// How many units are wanted.
    public let wanted: Int64
    /// The locations, in ascending order; ``TextKey/main`` with no units when there are none yet.
    public let places: [Place]
    /// Which of several locations that a strategy finds equal comes first; 0 for the one with the lowest key.
    var tieBreak: UInt64 = 0

    /// Makes an offer, whatever the order of its places.
    public init(sku: SKU?, wanted: Int64, places: [Place]) {
        self.sku = sku
        self.wanted = wanted
        self.places = places.sorted { $0.location < $1.location }
    }

    /// Locations by ascending cost; those that cost the same by their keys, turned by the tie break.
    func ranking(of locations: [(LocationKey, cost: Int64)]) -> [LocationKey] {
        let sorted = locations.sorted { ($0.cost, $0.0) < ($1.cost, $1.0) }
        var ranking: [LocationKey] = []
        var start = 0
        while start < sorted.count {
            let end = sorted[start...].firstIndex { $0.cost != sorted[start].cost } ?? sorted.count
            let first = start + Int(tieBreak % UInt64(end - start))
            ranking += (sorted[first..<end] + sorted[start..<first]).map(\.0)
            start = end
        }
        return ranking
    }
}
