import MarketplaceCore
import MarketplaceInventory

extension TextKey {
    /// The text, cut when it is long.
    var short: String { text.utf8.count <= 40 ? text : "\(text.prefix(20))… of \(text.utf8.count) bytes" }
}

extension StockPoint {
    /// The SKU and the location, cut when they are long.
    var short: String { location == .main ? sku.short : "\(sku.short) at \(location.short)" }
}

extension StockChange {
    /// What happened, in a line.
    var summary: String { "\(id) \(action) of \(point.short) at \(time)" }
}

extension ReservationLines {
    /// The first few lines.
    var summary: String {
        let shown = prefix(6).map { "\($0.quantity) \($0.point.short)" }.joined(separator: ", ")
        return count > 6 ? "[\(shown), … of \(count)]" : "[\(shown)]"
    }
}

extension ReservationRequest {
    /// What is wanted, in a line.
    var summary: String { "\(id) \(lines.summary) for \(member.short) until \(deadline) at \(time)" }
}

extension Reservation {
    /// Where it stands, in a line.
    var summary: String {
        let shown = positions.prefix(6).map { "\($0.point.short): \($0.summary)" }
        return "\(state) until \(deadline) \(shown)"
    }

    /// The first few reservations.
    static func summary(_ reservations: [Reservation]) -> String {
        "\(reservations.count) \(reservations.prefix(4).map { "\($0.id) \($0.summary)" })"
    }
}

extension ReservationPosition {
    /// How many units stand where, but for zeros.
    var summary: String {
        let parts = [
            ("held", held), ("allocated", allocated), ("backordered", backordered), ("owed", owed),
            ("shipped", shipped), ("released", released), ("expired", expired),
        ]
        return parts.filter { $0.1 != 0 }.map { "\($0.1) \($0.0)" }.joined(separator: ", ")
    }
}

extension StockLevel {
    /// What there is, but for zeros.
    var summary: String { "\(location.short): \(parts.summary)" }

    /// The parts that movements change.
    var parts: StockDeltas {
        StockDeltas(
            onHand: onHand,
            held: held,
            allocated: allocated,
            backordered: backordered,
            incoming: incoming,
            damaged: damaged
        )
    }
}

extension StockDeltas {
    /// The parts, but for zeros.
    var summary: String {
        let shown = named.filter { $0.1 != 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
        return shown.isEmpty ? "nothing" : shown
    }

    /// The parts by their names.
    private var named: [(String, Int64)] {
        [
            ("on hand", onHand), ("held", held), ("allocated", allocated), ("backordered", backordered),
            ("incoming", incoming), ("damaged", damaged),
        ]
    }

    /// Whether no part is below zero, nor more promised than there is.
    var isPossible: Bool { named.allSatisfy { $0.1 >= 0 } && unpromised >= 0 }
}

extension SKUStock {
    /// The levels of the first few SKUs.
    static func summary(_ stock: [SKU: SKUStock]) -> String {
        let shown = stock.values.sorted { $0.sku < $1.sku }.prefix(4)
            .map { "\($0.sku.short): \($0.levels.prefix(4).map(\.summary))" }
        return "\(stock.count) \(shown)"
    }
}
