public import MarketplaceCore

/// Why an inventory refuses a call, with the facts.
///
/// Nothing was changed.
///
/// When several lines would be refused, which of them is named is not specified.
public enum InventoryRefusal: EffectStating, Hashable, Codable {
    /// Nothing of that SKU was ever received, and no terms were set.
    case unknownSKU(SKU)
    /// Fewer units are available than are wanted. Never said because of contention.
    case insufficientStock(SKU, requested: Int64, available: Int64)
    /// The sale begins later.
    case saleNotOpen(SKU, opensAt: Timestamp)
    /// The sale is over.
    case saleClosed(SKU, closedAt: Timestamp)
    /// The member would have more than one member may.
    case memberLimit(SKU, limit: Int64, alreadyTaken: Int64, requested: Int64)
    /// Fewer units are wanted than one purchase must have.
    case belowMinimum(SKU, minimum: Int64, requested: Int64)
    /// More units are wanted than one purchase may have.
    case aboveMaximum(SKU, maximum: Int64, requested: Int64)
    /// The hold ended at its deadline. A payment that comes after it finds this, never a silent allocation.
    case expired(ReservationID, deadline: Timestamp)
    /// The reservation was released, perhaps before it was made.
    case released(ReservationID)
    /// The reservation has been shipped.
    case alreadyShipped(ReservationID)
    /// The reservation is only held; what is shipped must be allocated.
    case notAllocated(ReservationID)
    /// No reservation of that id is known.
    case unknownReservation(ReservationID)
    /// A reservation of that id with other lines or of another member exists.
    case reservationMismatch(ReservationID)
    /// A receipt of that id with another SKU or quantity exists.
    case receiptMismatch(MovementID)
    /// The deadline does not lie after the time of the request.
    case deadlinePassed(deadline: Timestamp, time: Timestamp)
    /// The request has no lines.
    case emptyRequest
    /// The request has more lines than one may have.
    case tooManyLines(Int, maximum: Int)
    /// A SKU or a member's key has more bytes than it may have here.
    case keyTooLong(byteCount: Int, maximum: Int)
    /// More units would be on hand than can be counted safely.
    case tooMuchStock(SKU, onHand: Int64, received: Int64, maximum: Int64)
    /// The sale would end before it begins, or its least purchase is larger than its largest.
    case contradictoryTerms(SKU)

    /// Nothing was changed, and the same call will be refused again as long as the facts stand.
    public var effect: EffectOutcome { .refused }
}

extension InventoryRefusal: CustomStringConvertible {
    /// The reason, in a sentence.
    public var description: String {
        switch self {
        case .unknownSKU(let sku): "\(sku) is not in the inventory"
        case .insufficientStock(let sku, let requested, let available):
            "\(requested) of \(sku) are wanted, \(available) are available"
        case .saleNotOpen(let sku, let time): "the sale of \(sku) opens at \(time)"
        case .saleClosed(let sku, let time): "the sale of \(sku) closed at \(time)"
        case .memberLimit(let sku, let limit, let taken, let requested):
            "a member may have \(limit) of \(sku); this one has \(taken) and wants \(requested)"
        case .belowMinimum(let sku, let minimum, let requested):
            "a purchase of \(sku) has at least \(minimum), not \(requested)"
        case .aboveMaximum(let sku, let maximum, let requested):
            "a purchase of \(sku) has at most \(maximum), not \(requested)"
        default: lifecycleDescription
        }
    }

    private var lifecycleDescription: String {
        switch self {
        case .expired(let id, let deadline): "reservation \(id) expired at \(deadline)"
        case .released(let id): "reservation \(id) was released"
        case .alreadyShipped(let id): "reservation \(id) has been shipped"
        case .notAllocated(let id): "reservation \(id) is held, not allocated"
        case .unknownReservation(let id): "there is no reservation \(id)"
        case .reservationMismatch(let id): "reservation \(id) was made with other lines or for another member"
        case .receiptMismatch(let id): "receipt \(id) was of another SKU or quantity"
        case .deadlinePassed(let deadline, let time): "the deadline \(deadline) does not lie after \(time)"
        case .emptyRequest: "the request has no lines"
        case .tooManyLines(let count, let maximum): "a request has at most \(maximum) lines, not \(count)"
        case .keyTooLong(let count, let maximum): "the key has \(count) bytes, at most \(maximum) are allowed"
        case .tooMuchStock(let sku, let onHand, let received, let maximum):
            "\(onHand) of \(sku) and \(received) more would be above \(maximum)"
        case .contradictoryTerms(let sku): "the terms of \(sku) can never be met"
        default: "refused"
        }
    }
}
