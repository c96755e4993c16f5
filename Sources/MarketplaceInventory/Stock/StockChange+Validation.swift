import MarketplaceCore
import MarketplaceStorage

extension StockChange {
    /// Checks what no state of any inventory would accept.
    func validate() throws(InventoryError) {
        try InventoryLimits.validate(point)
        switch action {
        case .announcement(let units), .adjustment(let units):
            let maximum = InventoryLimits.unitsOnHand
            guard units.magnitude <= UInt64(maximum) else {
                throw .refused(.tooMuchStock(point.sku, present: 0, received: units, maximum: maximum))
            }
        case .transfer(_, let destination):
            try InventoryLimits.validate(StockPoint(point.sku, at: destination))
            guard destination != point.location else { throw .refused(.sameLocation(point)) }
        case .restock, .arrival, .customerReturn, .damagedReturn, .damage, .disposal: break
        }
    }

    /// Whether it makes a SKU known that was not.
    var introducesSKU: Bool {
        switch action {
        case .restock, .customerReturn, .damagedReturn: true
        case .announcement(let units), .adjustment(let units): units >= 0
        case .arrival, .damage, .disposal, .transfer: false
        }
    }

    /// Its movements.
    var movements: [StockMovement] {
        action.parts.map { part in
            StockMovement(
                id: part.location == nil ? id : MovementID(arrivingOf: id),
                sku: point.sku,
                location: part.location ?? point.location,
                kind: part.kind,
                deltas: part.deltas,
                reservation: nil,
                reference: reference,
                time: time
            )
        }
    }
}

extension Identifier where Subject == StockMovement {
    /// The id of the movement at the other end of a transfer.
    init(arrivingOf transfer: MovementID) {
        self.init(bits: TransactionID(derivedFrom: "transfer in", "\(transfer)").bits)
    }
}

extension StockMovement {
    /// The SKU and the location.
    var point: StockPoint { StockPoint(sku, at: location) }
}
