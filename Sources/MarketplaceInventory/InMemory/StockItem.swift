import MarketplaceCore

/// The stock of one SKU at all its locations.
struct StockItem: Sendable {
    /// The parts of a level.
    struct Parts: Sendable {
        var onHand: Int64 = 0
        var held: Int64 = 0
        var allocated: Int64 = 0
        var backordered: Int64 = 0
        var incoming: Int64 = 0
        var damaged: Int64 = 0
        /// Whether there ever was a movement; the main location has its place from the beginning.
        var isKnown = false

        var unpromised: Int64 { onHand - held - allocated }

        /// Takes over the parts of a level that recorded changes change.
        mutating func set(_ level: StockLevel) {
            onHand = level.onHand
            incoming = level.incoming
            damaged = level.damaged
        }

        @inline(__always)
        mutating func add(_ deltas: StockDeltas) {
            onHand += deltas.onHand
            held += deltas.held
            allocated += deltas.allocated
            backordered += deltas.backordered
            incoming += deltas.incoming
            damaged += deltas.damaged
        }
    }

    /// A reservation that waits for units at one of the places.
    struct Waiter: Hashable, Sendable {
        let reservation: UInt128
        let place: UInt16
    }

    /// The place of ``LocationKey/main``.
    static let mainPlace = 0

    let sku: SKU
    // Nearly everybody has one location: its parts stand in the item, those of others in memory of their own.
    private var main = Parts()
    private var others: [(location: LocationKey, parts: Parts)] = []
    var terms = SaleTerms.unrestricted
    /// What each member has, since the limit was set.
    var taken = TextTable()
    /// Which limit the counts belong to; 0 while there is none.
    var limitGeneration: UInt32 = 0
    var lastLimitGeneration: UInt32 = 0
    /// The reservations that wait for units, with the times they were made.
    var waiting: [Waiter: Int64] = [:]

    init(_ sku: SKU) {
        self.sku = sku
    }

    /// The parts of a place, which must be one of the item's.
    subscript(place: Int) -> Parts {
        @inline(__always) get { place == Self.mainPlace ? main : others[place - 1].parts }
        @inline(__always) _modify {
            if place == Self.mainPlace { yield &main } else { yield &others[place - 1].parts }
        }
    }

    func location(of place: Int) -> LocationKey {
        place == Self.mainPlace ? .main : others[place - 1].location
    }

    /// The place of a location; nil when it has none.
    @inline(__always)
    func place(of demand: borrowing StockDemand) -> Int? {
        demand.isMain ? Self.mainPlace : otherPlace(of: demand.point.location)
    }

    /// The place of a location; nil when it has none.
    func place(of location: LocationKey) -> Int? {
        location == .main ? Self.mainPlace : otherPlace(of: location)
    }

    private func otherPlace(of location: LocationKey) -> Int? {
        others.firstIndex { $0.location == location }.map { $0 + 1 }
    }

    /// The place of a location, which gets one if it has none.
    mutating func makePlace(of location: LocationKey) throws(InventoryRefusal) -> Int {
        let place = place(of: location)
        if let place, self[place].isKnown { return place }
        guard others.count + (main.isKnown ? 1 : 0) < InventoryLimits.locationsPerSKU else {
            throw .tooManyLocations(sku, maximum: InventoryLimits.locationsPerSKU)
        }
        if let place { return place }
        others.append((location, Parts()))
        return others.count
    }

    func level(of place: Int) -> StockLevel {
        let (location, parts) = (location(of: place), self[place])
        return StockLevel(
            sku: sku,
            location: location,
            onHand: parts.onHand,
            held: parts.held,
            allocated: parts.allocated,
            backordered: parts.backordered,
            incoming: parts.incoming,
            damaged: parts.damaged,
            safetyStock: terms.safetyStock[location]
        )
    }

    /// The levels of all locations that ever had any.
    var levels: [StockLevel] {
        (0...others.count).filter { self[$0].isKnown }.map(level(of:))
    }
}
