import MarketplaceCore
import MarketplaceInventory

/// Where the units of one point of a reservation stand.
struct ModelUnits: Hashable, Sendable {
    var held: Int64 = 0
    var allocated: Int64 = 0
    var backordered: Int64 = 0
    var owed: Int64 = 0
    var shipped: Int64 = 0
    var released: Int64 = 0
    var expired: Int64 = 0

    init(held: Int64, backordered: Int64) {
        self.held = held
        self.backordered = backordered
    }

    init(_ position: ReservationPosition) {
        held = position.held
        allocated = position.allocated
        backordered = position.backordered
        owed = position.owed
        shipped = position.shipped
        released = position.released
        expired = position.expired
    }

    var open: Int64 { held + allocated + backordered + owed }
    var tentative: Int64 { held + backordered }
    var all: Int64 { open + shipped + released + expired }
}

extension Int64 {
    /// Takes up to `wanted` units out of this many, and returns how many that were.
    mutating func take(upTo wanted: Int64) -> Int64 {
        let taken = Swift.min(wanted, self)
        self -= taken
        return taken
    }
}
