/// The kind of a movement together with where its units were, from which its deltas follow.
enum CompactMovementKind: UInt8, Sendable {
    case restock
    case reservation
    case allocation
    case cancellationOfHeld
    case cancellationOfAllocated
    case expiry
    case sale

    var kind: StockMovementKind {
        switch self {
        case .restock: .restock
        case .reservation: .reservation
        case .allocation: .allocation
        case .cancellationOfHeld, .cancellationOfAllocated: .cancellation
        case .expiry: .expiry
        case .sale: .sale
        }
    }

    /// What `quantity` units add to the level.
    @inline(__always)
    func deltas(of quantity: Int64) -> StockDeltas {
        switch self {
        case .restock: StockDeltas(onHand: quantity)
        case .reservation: StockDeltas(held: quantity)
        case .allocation: StockDeltas(held: -quantity, allocated: quantity)
        case .cancellationOfHeld, .expiry: StockDeltas(held: -quantity)
        case .cancellationOfAllocated: StockDeltas(allocated: -quantity)
        case .sale: StockDeltas(onHand: -quantity, allocated: -quantity)
        }
    }

    /// Whether units that counted towards a member's limit no longer do.
    var givesBack: Bool {
        switch self {
        case .cancellationOfHeld, .cancellationOfAllocated, .expiry: true
        case .restock, .reservation, .allocation, .sale: false
        }
    }
}
