import MarketplaceCore
import MarketplaceInventory

/// What is there at one moment, as readers of an inventory see it.
struct InventoryScenery: Hashable, Sendable {
    var levels: [StockPoint: StockLevel] = [:]
    var reservations: [ReservationID: ReservationFacts] = [:]

    /// What the model has.
    init(_ model: InventoryModel, of ids: some Sequence<ReservationID>) {
        for point in InventoryCallSource.points { levels[point] = model.level(at: point) }
        for id in ids {
            guard let facts = model.facts(id), facts.state == .held || facts.state == .allocated else { continue }
            reservations[id] = facts
        }
    }

    /// What an inventory tells while nobody changes it.
    init(
        _ inventory: any InventoryStore,
        of ids: some Sequence<ReservationID>
    ) async throws(InventoryError) {
        let stock = try await inventory.stock(of: Array(Set(InventoryCallSource.points.map(\.sku))))
        for point in InventoryCallSource.points {
            levels[point] =
                stock[point.sku]?.level(at: point.location) ?? StockLevel(sku: point.sku, location: point.location)
        }
        for id in ids {
            if case .open(let reservation) = try await inventory.reservation(id) {
                reservations[id] = ReservationFacts(reservation)
            }
        }
    }

    /// The first thing that differs, in words; nil when nothing does.
    func difference(from other: InventoryScenery) -> String? {
        for (point, level) in levels {
            guard let counterpart = other.levels[point], !level.hasSameUnits(as: counterpart) else { continue }
            return "\(point): \(level) against \(counterpart)"
        }
        for id in Set(reservations.keys).union(other.reservations.keys).sorted()
        where reservations[id] != other.reservations[id] {
            let (own, others) = (reservations[id], other.reservations[id])
            return "\(id): \(String(describing: own)) against \(String(describing: others))"
        }
        return nil
    }
}

extension StockLevel {
    /// Whether all parts but the safety stock are the same: a location that never had any has no level to tell it.
    fileprivate func hasSameUnits(as other: StockLevel) -> Bool {
        (onHand, held, allocated) == (other.onHand, other.held, other.allocated)
            && (backordered, incoming, damaged) == (other.backordered, other.incoming, other.damaged)
    }
}
