public import MarketplaceCore

/// From which locations the units of an order are taken, and in which order: a value, and a pure function.
///
/// A strategy ranks locations; a location that it leaves out is not used. Units are taken from the first location as
/// far as they go, then from the next. Equal inputs give equal plans: ties go by the bytes of the location's key. When a
/// reservation is placed, those bytes form a ring in which its id chooses the first: buyers at once do not all go to one.
public struct AllocationStrategy: Sendable {
    /// Ranks the locations of an offer, the best one first.
    ///
    /// It must be pure. A location that is named twice counts where it is named first; one that is not in the offer has
    /// nothing, but when it comes first what is backordered is expected there.
    public typealias Ranking = @Sendable (PlacementOffer) -> [LocationKey]

    let ranking: Ranking
    let minimizesLocations: Bool

    private init(minimizesLocations: Bool = false, _ ranking: @escaping Ranking) {
        self.ranking = ranking
        self.minimizesLocations = minimizesLocations
    }

    /// From these locations in this order, and from no others.
    public static func priority(_ locations: [LocationKey]) -> AllocationStrategy {
        AllocationStrategy { _ in locations }
    }

    /// From where the most units of the SKU are available.
    public static var mostStock: AllocationStrategy {
        AllocationStrategy { offer in
            offer.ranking(of: offer.places.map { ($0.location, cost: -max($0.available, -.max)) })
        }
    }

    /// From where it costs least, in any unit of cost; a location without a cost is not used.
    public static func nearest(cost: [LocationKey: Int64]) -> AllocationStrategy {
        AllocationStrategy { offer in offer.ranking(of: cost.map { ($0.key, cost: $0.value) }) }
    }

    /// From as few locations as possible, the whole order together; among as few, by ``mostStock``.
    public static var fewestParcels: AllocationStrategy { .fewestParcels(by: .mostStock) }

    /// From as few locations as possible, the whole order together; among as few, in the order of `strategy`.
    ///
    /// Exact while at most ``exactLocations`` locations come into question. Of several sets of as few locations, the
    /// one whose best location ranks first is taken, then the one whose second does, and so on; locations are ranked by
    /// what they have of all SKUs of the order together. Beyond that it is greedy: the location with the most of what is
    /// still wanted is taken, ties by rank, until all is there, then every location that turned out to be needless is
    /// left out, the worst rank first. The greedy cover of sets needs at most 1 + ln(units) times the fewest (Wolsey,
    /// "An analysis of the greedy algorithm for the submodular set covering problem", Combinatorica 1982).
    public static func fewestParcels(by strategy: AllocationStrategy) -> AllocationStrategy {
        AllocationStrategy(minimizesLocations: true, strategy.ranking)
    }

    /// In the order that a function of the caller's gives.
    ///
    /// It is asked once for each SKU, and once for the whole order within ``fewestParcels(by:)``.
    public static func ranked(by ranking: @escaping Ranking) -> AllocationStrategy {
        AllocationStrategy(ranking)
    }

    /// Up to so many locations the fewest are found by trying: 65,536 sets at most, a fraction of a second for orders
    /// of hundreds of SKUs.
    public static let exactLocations = 16
}
