import MarketplaceCore

extension EndedReservation {
    /// The refusal of whoever still wants something of it.
    var refusal: InventoryRefusal {
        switch state {
        case .shipped: .alreadyShipped(id)
        case .expired: .expired(id, deadline: deadline ?? .distantPast)
        case .held, .allocated, .released: .released(id)
        }
    }
}
