import MarketplaceCore

/// How many units of one point are wanted, all lines together, and where its SKU is.
struct StockDemand: Sendable {
    let point: StockPoint
    let hash: UInt64
    let shard: Int
    var quantity: Int64
    /// How many are wanted of the SKU, all locations together: what its terms are about.
    var skuQuantity: Int64
    /// Whether it is for the main location: spares a look at the others.
    let isMain: Bool

    var sku: SKU { point.sku }
}

/// Who holds, with the hash that the limits of members are looked up by.
struct Holder: Sendable {
    let member: String
    let hash: UInt64
}

/// The units of one point that a hold has set aside.
struct HeldLine: Sendable {
    let shard: Int32
    let slot: Int32
    /// Which limit the units were counted towards; 0 for none.
    let limitGeneration: UInt32
    /// Which of the SKU's locations.
    let place: UInt16
    let quantity: Int64
}

/// The units of all points of one reservation, by ascending shard.
struct HeldLines: Sendable {
    var first: HeldLine
    var rest: [HeldLine] = []

    static let none = HeldLines(first: HeldLine(shard: 0, slot: 0, limitGeneration: 0, place: 0, quantity: 0))
}
