/// An object of the parts that change: most movements change one, and each is recorded with every change of stock.
extension StockDeltas: Codable {
    fileprivate enum CodingKeys: String, CodingKey {
        case onHand, held, allocated, backordered, incoming, damaged
    }

    /// Reads the parts; one that is not there does not change.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func units(_ key: CodingKeys) throws -> Int64 { try container.decodeIfPresent(Int64.self, forKey: key) ?? 0 }
        self.init(
            onHand: try units(.onHand),
            held: try units(.held),
            allocated: try units(.allocated),
            backordered: try units(.backordered),
            incoming: try units(.incoming),
            damaged: try units(.damaged)
        )
    }

    /// Writes the parts that change.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try encode(into: &container)
    }

    fileprivate func encode(into container: inout KeyedEncodingContainer<CodingKeys>) throws {
        func write(_ units: Int64, _ key: CodingKeys) throws {
            if units != 0 { try container.encode(units, forKey: key) }
        }
        try write(onHand, .onHand)
        try write(held, .held)
        try write(allocated, .allocated)
        try write(backordered, .backordered)
        try write(incoming, .incoming)
        try write(damaged, .damaged)
    }
}

extension KeyedEncodingContainer {
    /// Writes deltas, as every movement has them, without an encoder of their own, like the package's scalars.
    mutating func encode(_ value: StockDeltas, forKey key: Key) throws {
        var container = nestedContainer(keyedBy: StockDeltas.CodingKeys.self, forKey: key)
        try value.encode(into: &container)
    }
}
