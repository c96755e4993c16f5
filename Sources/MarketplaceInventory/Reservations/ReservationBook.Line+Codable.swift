import MarketplaceCore

/// One flat object, without the parts that are zero: a reservation is written and read more often than anything else.
extension ReservationBook.Line: Codable {
    fileprivate enum CodingKeys: String, CodingKey {
        case sku, location, held, allocated, backordered, owed, shipped, released, expired, promisedAt, limitGeneration
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func units(_ key: CodingKeys) throws -> Int64 { try container.decodeIfPresent(Int64.self, forKey: key) ?? 0 }
        position = ReservationPosition(
            StockPoint(
                try container.decode(SKU.self, forKey: .sku),
                at: try container.decode(LocationKey.self, forKey: .location)
            ),
            held: try units(.held),
            allocated: try units(.allocated),
            backordered: try units(.backordered),
            owed: try units(.owed),
            shipped: try units(.shipped),
            released: try units(.released),
            expired: try units(.expired),
            promisedAt: try container.decodeIfPresent(Timestamp.self, forKey: .promisedAt)
        )
        limitGeneration = try units(.limitGeneration)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try encode(into: &container)
    }

    fileprivate func encode(into container: inout KeyedEncodingContainer<CodingKeys>) throws {
        func write(_ units: Int64, _ key: CodingKeys) throws {
            if units != 0 { try container.encode(units, forKey: key) }
        }
        try container.encode(position.point.sku, forKey: .sku)
        try container.encode(position.point.location, forKey: .location)
        try write(position.held, .held)
        try write(position.allocated, .allocated)
        try write(position.backordered, .backordered)
        try write(position.owed, .owed)
        try write(position.shipped, .shipped)
        try write(position.released, .released)
        try write(position.expired, .expired)
        try container.encodeIfPresent(position.promisedAt, forKey: .promisedAt)
        try write(limitGeneration, .limitGeneration)
    }
}

extension KeyedEncodingContainer {
    /// Writes the lines of a book without an encoder for the array and for each of them, like the package's scalars.
    mutating func encode(_ lines: [ReservationBook.Line], forKey key: Key) throws {
        var array = nestedUnkeyedContainer(forKey: key)
        for line in lines {
            var container = array.nestedContainer(keyedBy: ReservationBook.Line.CodingKeys.self)
            try line.encode(into: &container)
        }
    }
}
