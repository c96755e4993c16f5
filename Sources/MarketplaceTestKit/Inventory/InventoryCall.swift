import MarketplaceCore
import MarketplaceInventory

/// One call of an inventory, as trials make it and the model answers it.
struct InventoryCall: Hashable, Sendable {
    enum Verb: Hashable, Sendable {
        case record(StockChange)
        case setTerms(SaleTerms, SKU)
        case reserve(ReservationRequest)
        case allocate(ReservationID, ReservationLines?)
        case release(ReservationID, ReservationLines?)
        case ship(ReservationID, ReservationLines?)
        case extend(ReservationID, to: Timestamp)
        case fillBackorders(StockPoint, limit: Int)
        case expire(limit: Int)
    }

    let verb: Verb
    let time: Timestamp

    /// Makes the call; what is neither an answer nor a refusal is thrown.
    func perform(on inventory: any InventoryStore) async throws(InventoryError) -> InventoryAnswer {
        do throws(InventoryError) {
            return try await answer(of: inventory)
        } catch {
            guard case .refused(let refusal) = error else { throw error }
            return .refused(refusal)
        }
    }

    private func answer(of inventory: any InventoryStore) async throws(InventoryError) -> InventoryAnswer {
        switch verb {
        case .record(let change): return .level(try await inventory.record(change))
        case .setTerms(let terms, let sku):
            try await inventory.setTerms(terms, for: sku, at: time)
            return .done
        case .reserve(let request): return .reservation(ReservationFacts(try await inventory.reserve(request)))
        case .allocate(let id, nil): return .state(try await inventory.allocate(id, at: time))
        case .allocate(let id, let units?): return .state(try await inventory.allocate(units, of: id, at: time))
        case .release(let id, nil): return .released(try await inventory.release(id, at: time))
        case .release(let id, let units?): return .released(try await inventory.release(units, of: id, at: time))
        case .ship(let id, nil):
            try await inventory.ship(id, at: time)
            return .done
        case .ship(let id, let units?):
            try await inventory.ship(units, of: id, at: time)
            return .done
        case .extend(let id, let deadline):
            return .reservation(ReservationFacts(try await inventory.extend(id, to: deadline, at: time)))
        case .fillBackorders(let point, let limit):
            return .filled(try await inventory.fillBackorders(of: point, limit: limit, at: time).map(\.id))
        case .expire(let limit):
            return .expired(Set(try await inventory.expire(dueBy: time, limit: limit).map(\.id)))
        }
    }
}

extension InventoryCall: CustomStringConvertible {
    var description: String { "\(verb), at \(time)" }
}
