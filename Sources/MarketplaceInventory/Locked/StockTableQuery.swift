public import MarketplaceCore
public import MarketplaceStorage

/// Which rows are to be read; each once.
public struct StockTableQuery: Hashable, Sendable {
    /// The lock keys whose fencing tokens are wanted.
    public var fences: [FenceKey]
    /// The SKUs whose items are wanted.
    public var skus: [SKU]
    /// The points whose levels are wanted.
    public var points: [StockPoint]
    /// The counts that are wanted.
    public var counts: [MemberCountKey]
    /// The reservations that are wanted.
    public var reservations: [ReservationID]
    /// The recorded changes that are wanted.
    public var changes: [MovementID]

    /// Makes a query.
    public init(
        fences: [FenceKey] = [],
        skus: [SKU] = [],
        points: [StockPoint] = [],
        counts: [MemberCountKey] = [],
        reservations: [ReservationID] = [],
        changes: [MovementID] = []
    ) {
        self.fences = fences
        self.skus = skus
        self.points = points
        self.counts = counts
        self.reservations = reservations
        self.changes = changes
    }
}

extension StockTableQuery {
    /// All that a decision about these reservations needs.
    init(of books: [ReservationBook]) {
        self.init()
        var (skus, points, counts): (Set<SKU>, Set<StockPoint>, Set<MemberCountKey>) = ([], [], [])
        for book in books {
            reservations.append(book.id)
            for position in book.positions {
                skus.insert(position.point.sku)
                points.insert(position.point)
                if let member = book.member { counts.insert(MemberCountKey(position.point.sku, member)) }
            }
        }
        self.skus = skus.sorted()
        self.points = points.sorted()
        self.counts = Array(counts)
    }
}
