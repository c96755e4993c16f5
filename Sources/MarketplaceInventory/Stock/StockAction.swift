public import MarketplaceCore

/// What happened to units of stock, apart from reservations.
public enum StockAction: Hashable, Sendable, Codable {
    /// Units came in.
    case restock(Quantity)
    /// Units that were on their way came in.
    case arrival(Quantity)
    /// So many more units are on their way; fewer when it is negative.
    case announcement(Int64)
    /// A count found so many units more than the books say; fewer when it is negative.
    ///
    /// Units that are promised cannot be written off: release what they are promised to first.
    case adjustment(Int64)
    /// Sold units came back and can be sold again.
    case customerReturn(Quantity)
    /// Sold units came back and cannot be sold again.
    case damagedReturn(Quantity)
    /// Units on hand became unfit for sale.
    case damage(Quantity)
    /// Damaged units were thrown away.
    case disposal(Quantity)
    /// Units went to another location, and are there now.
    case transfer(Quantity, to: LocationKey)
}

extension StockAction {
    /// One movement of an action.
    struct Part: Hashable, Sendable {
        /// Nil for the point of the change itself.
        let location: LocationKey?
        let kind: StockMovementKind
        let deltas: StockDeltas
    }

    /// The movements it makes; none when it changes nothing.
    var parts: [Part] {
        switch self {
        case .restock(let quantity): [part(.restock, StockDeltas(onHand: quantity.units))]
        case .arrival(let quantity):
            [part(.restock, StockDeltas(onHand: quantity.units, incoming: -quantity.units))]
        case .announcement(let units): units == 0 ? [] : [part(.announcement, StockDeltas(incoming: units))]
        case .adjustment(let units): units == 0 ? [] : [part(.adjustment, StockDeltas(onHand: units))]
        case .customerReturn(let quantity): [part(.customerReturn, StockDeltas(onHand: quantity.units))]
        case .damagedReturn(let quantity): [part(.customerReturn, StockDeltas(damaged: quantity.units))]
        case .damage(let quantity):
            [part(.damage, StockDeltas(onHand: -quantity.units, damaged: quantity.units))]
        case .disposal(let quantity): [part(.adjustment, StockDeltas(damaged: -quantity.units))]
        case .transfer(let quantity, let destination):
            [
                part(.transferOut, StockDeltas(onHand: -quantity.units)),
                Part(location: destination, kind: .transferIn, deltas: StockDeltas(onHand: quantity.units)),
            ]
        }
    }

    private func part(_ kind: StockMovementKind, _ deltas: StockDeltas) -> Part {
        Part(location: nil, kind: kind, deltas: deltas)
    }
}

extension Quantity {
    /// The count as a number of units of stock.
    var units: Int64 { Int64(value) }
}
