import MarketplaceCore

/// How many units of one SKU are wanted, all lines together, and where that SKU is.
struct StockDemand: Sendable {
    let sku: SKU
    let hash: UInt64
    let shard: Int
    var quantity: Int64
}

/// Who holds, with the hash that the limits of members are looked up by.
struct Holder: Sendable {
    let member: String
    let hash: UInt64
}

/// The units of one SKU that a hold has set aside.
struct HeldLine: Sendable {
    let shard: Int32
    let slot: Int32
    /// Which limit the units were counted towards; 0 for none.
    let limitGeneration: UInt32
    let quantity: Int64
}

/// The units of all SKUs of one reservation, by ascending shard.
struct HeldLines: Sendable {
    let first: HeldLine
    var rest: [HeldLine] = []
}
