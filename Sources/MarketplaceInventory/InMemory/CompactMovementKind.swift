/// The kind of a movement together with where its units were, from which its deltas follow.
enum CompactMovementKind: UInt8, Sendable {
    case restock
    case arrival
    case announcement
    case adjustment
    case customerReturn
    case damagedReturn
    case damage
    case disposal
    case transferOut
    case transferIn
    case reservation
    case backorder
    case allocation
    case fillOfHeld
    case fillOfAllocated
    case cancellationOfHeld
    case cancellationOfAllocated
    case cancellationOfBackorder
    case expiry
    case expiryOfBackorder
    case sale

    var kind: StockMovementKind {
        switch self {
        case .restock, .arrival: .restock
        case .announcement: .announcement
        case .adjustment, .disposal: .adjustment
        case .customerReturn, .damagedReturn: .customerReturn
        case .damage: .damage
        case .transferOut: .transferOut
        case .transferIn: .transferIn
        case .reservation, .backorder: .reservation
        case .allocation, .fillOfHeld, .fillOfAllocated: .allocation
        case .cancellationOfHeld, .cancellationOfAllocated, .cancellationOfBackorder: .cancellation
        case .expiry, .expiryOfBackorder: .expiry
        case .sale: .sale
        }
    }

    /// What `quantity` units add to the level.
    @inline(__always)
    func deltas(of quantity: Int64) -> StockDeltas {
        switch self {
        case .restock, .adjustment, .customerReturn, .transferIn: StockDeltas(onHand: quantity)
        case .arrival: StockDeltas(onHand: quantity, incoming: -quantity)
        case .announcement: StockDeltas(incoming: quantity)
        case .damagedReturn: StockDeltas(damaged: quantity)
        case .damage: StockDeltas(onHand: -quantity, damaged: quantity)
        case .disposal: StockDeltas(damaged: -quantity)
        case .transferOut: StockDeltas(onHand: -quantity)
        case .reservation: StockDeltas(held: quantity)
        case .backorder: StockDeltas(backordered: quantity)
        case .allocation: StockDeltas(held: -quantity, allocated: quantity)
        case .fillOfHeld: StockDeltas(held: quantity, backordered: -quantity)
        case .fillOfAllocated: StockDeltas(allocated: quantity, backordered: -quantity)
        case .cancellationOfHeld, .expiry: StockDeltas(held: -quantity)
        case .cancellationOfAllocated: StockDeltas(allocated: -quantity)
        case .cancellationOfBackorder, .expiryOfBackorder: StockDeltas(backordered: -quantity)
        case .sale: StockDeltas(onHand: -quantity, allocated: -quantity)
        }
    }

    /// Whether a reservation makes it, not a recorded change.
    var isOfReservation: Bool { rawValue >= Self.reservation.rawValue }

    /// Whether units that counted towards a member's limit no longer do.
    var givesBack: Bool {
        switch self {
        case .cancellationOfHeld, .cancellationOfAllocated, .expiry: true
        default: false
        }
    }
}

extension StockAction {
    /// The kind of its movement at the point of the change, and how many units of it.
    var compact: (kind: CompactMovementKind, quantity: Int64) {
        switch self {
        case .restock(let quantity): (.restock, quantity.units)
        case .arrival(let quantity): (.arrival, quantity.units)
        case .announcement(let units): (.announcement, units)
        case .adjustment(let units): (.adjustment, units)
        case .customerReturn(let quantity): (.customerReturn, quantity.units)
        case .damagedReturn(let quantity): (.damagedReturn, quantity.units)
        case .damage(let quantity): (.damage, quantity.units)
        case .disposal(let quantity): (.disposal, quantity.units)
        case .transfer(let quantity, _): (.transferOut, quantity.units)
        }
    }
}

extension ReservationBook.Move {
    /// The move as movements with one quantity each; the others are 0.
    var compact: [(kind: CompactMovementKind, quantity: Int64)] {
        switch kind {
        case .reservation: [(.reservation, deltas.held), (.backorder, deltas.backordered)]
        case .allocation where deltas.backordered == 0: [(.allocation, deltas.allocated)]
        case .allocation: [(.fillOfHeld, deltas.held), (.fillOfAllocated, deltas.allocated)]
        case .expiry: [(.expiry, -deltas.held), (.expiryOfBackorder, -deltas.backordered)]
        case .sale: [(.sale, -deltas.onHand)]
        default:
            [
                (.cancellationOfHeld, -deltas.held), (.cancellationOfAllocated, -deltas.allocated),
                (.cancellationOfBackorder, -deltas.backordered),
            ]
        }
    }
}
