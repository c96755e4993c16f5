public import MarketplaceCore

/// How many units of one line of an order stand where; none is below zero.
public struct OrderLineUnits: Sendable, Hashable {
    /// The units that were ordered, those that were added later among them.
    public internal(set) var ordered: Int
    /// The units that were called off.
    public internal(set) var canceled = 0
    /// The units that are in shipments which the carrier has not taken yet.
    public internal(set) var packed = 0
    /// The units that are on their way or delivered.
    public internal(set) var shipped = 0
    /// The units that are there, those that came back since among them.
    public internal(set) var delivered = 0
    /// The units that were delivered and came back.
    public internal(set) var returned = 0
    /// When the last of them came; nil while none is there.
    public internal(set) var deliveredAt: Timestamp?
    /// The units that have left in parcels, those that were lost or came back since among them.
    public internal(set) var handedOver = 0
    /// The units that were set aside anew for a parcel, because those that were set aside before had left with another.
    public internal(set) var replaced = 0
    /// The units that were set aside and are not needed any more.
    public internal(set) var setFree = 0

    /// The units that are still to be shipped and in no shipment.
    public var open: Int { ordered - canceled - packed - shipped }
    /// The units that were not called off.
    public var owed: Int { ordered - canceled }
    /// The units that can still come back.
    public var returnable: Int { delivered - returned }
    /// The units of stock that are set aside for it: never more than are still to be shipped, and fewer where parcels
    /// were lost or came back.
    public var setAside: Int { ordered + replaced - handedOver - setFree }
    /// How many of so many open units have to be set aside anew before they can be packed.
    func missing(of units: Int) -> Int { max(0, units - (setAside - packed)) }

    init(ordered: Int) {
        self.ordered = ordered
    }
}

/// So many units of one line of an order.
public struct OrderUnits: Sendable, Hashable, Codable {
    /// The line, by its place in the order.
    public let lineIndex: Int
    /// How many units.
    public let units: Int

    /// So many units of a line.
    public init(lineIndex: Int, units: Int) {
        self.lineIndex = lineIndex
        self.units = units
    }
}
