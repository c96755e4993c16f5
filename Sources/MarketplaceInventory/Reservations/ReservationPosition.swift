public import MarketplaceCore

/// Where the units of a reservation stand, for one SKU at one location.
public struct ReservationPosition: Hashable, Sendable, Codable {
    /// The SKU and the location.
    public let point: StockPoint
    /// The units set aside until the deadline.
    public internal(set) var held: Int64 = 0
    /// The units promised for good.
    public internal(set) var allocated: Int64 = 0
    /// The units not there yet that are promised until the deadline.
    public internal(set) var backordered: Int64 = 0
    /// The units not there yet that are promised for good.
    public internal(set) var owed: Int64 = 0
    /// The units that have left.
    public internal(set) var shipped: Int64 = 0
    /// The units that were given back.
    public internal(set) var released: Int64 = 0
    /// The units that were given back because the deadline passed.
    public internal(set) var expired: Int64 = 0
    /// When the units that were not there were expected as they were promised; nil when all were there.
    public internal(set) var promisedAt: Timestamp?

    /// Makes a position; for inventories.
    public init(
        _ point: StockPoint,
        held: Int64 = 0,
        allocated: Int64 = 0,
        backordered: Int64 = 0,
        owed: Int64 = 0,
        shipped: Int64 = 0,
        released: Int64 = 0,
        expired: Int64 = 0,
        promisedAt: Timestamp? = nil
    ) {
        self.point = point
        self.held = held
        self.allocated = allocated
        self.backordered = backordered
        self.owed = owed
        self.shipped = shipped
        self.released = released
        self.expired = expired
        self.promisedAt = promisedAt
    }

    /// Units that all stand alike.
    init(_ point: StockPoint, units: Int64, all state: ReservationState) {
        self.point = point
        switch state {
        case .held: held = units
        case .allocated: allocated = units
        case .shipped: shipped = units
        case .released: released = units
        case .expired: expired = units
        }
    }

    /// All the units that were reserved.
    public var reserved: Int64 { open + shipped + released + expired }
    /// The units that can still be shipped or released.
    public var open: Int64 { held + allocated + awaited }
    /// The units that are not there yet.
    public var awaited: Int64 { backordered + owed }
    /// The units that end at the deadline.
    var tentative: Int64 { held + backordered }
}
