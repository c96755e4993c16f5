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
    ///
    /// Of a line, the units are those at its location, and what may still be backordered there is among the available.
    case insufficientStock(SKU, requested: Int64, available: Int64)
    /// More units are to be taken from a part of the stock than it has.
    case insufficientUnits(StockPoint, StockPart, requested: Int64, present: Int64)
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
    /// Units of the reservation are promised but not there yet, so that they cannot be shipped.
    case awaitingStock(ReservationID, StockPoint, units: Int64)
    /// The reservation has fewer units than a part of it is said to have.
    case portionTooLarge(ReservationID, StockPoint, requested: Int64, present: Int64)
    /// No reservation of that id is known.
    case unknownReservation(ReservationID)
    /// A reservation of that id with other lines or of another member exists.
    case reservationMismatch(ReservationID)
    /// A change of that id with other content exists.
    case changeMismatch(MovementID)
    /// Units would go from a location to the same one.
    case sameLocation(StockPoint)
    /// The SKU has levels at as many locations as it may.
    case tooManyLocations(SKU, maximum: Int)
    /// The deadline does not lie after the time of the request.
    case deadlinePassed(deadline: Timestamp, time: Timestamp)
    /// The request has no lines.
    case emptyRequest
    /// The request has more lines than one may have.
    case tooManyLines(Int, maximum: Int)
    /// A SKU or a member's key has more bytes than it may have here.
    case keyTooLong(byteCount: Int, maximum: Int)
    /// There would be more units than can be counted safely.
    case tooMuchStock(SKU, present: Int64, received: Int64, maximum: Int64)
    /// The sale would end before it begins, its least purchase is larger than its largest, or its safety stock is below
    /// zero, beyond ``InventoryLimits/unitsOnHand``, or of more locations than a SKU may have.
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
        case .insufficientUnits(let point, let part, let requested, let present):
            "\(requested) \(part) units of \(point) are to be taken, there are \(present)"
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
        case .awaitingStock(let id, let point, let units):
            "reservation \(id) waits for \(units) units of \(point)"
        case .portionTooLarge(let id, let point, let requested, let present):
            "reservation \(id) has \(present) such units of \(point), not \(requested)"
        case .unknownReservation(let id): "there is no reservation \(id)"
        case .reservationMismatch(let id): "reservation \(id) was made with other lines or for another member"
        case .changeMismatch(let id): "change \(id) was recorded with other content"
        case .sameLocation(let point): "units of \(point) cannot go to where they are"
        case .tooManyLocations(let sku, let maximum): "\(sku) may be at \(maximum) locations, not at more"
        case .deadlinePassed(let deadline, let time): "the deadline \(deadline) does not lie after \(time)"
        case .emptyRequest: "the request has no lines"
        case .tooManyLines(let count, let maximum): "a request has at most \(maximum) lines, not \(count)"
        case .keyTooLong(let count, let maximum): "the key has \(count) bytes, at most \(maximum) are allowed"
        case .tooMuchStock(let sku, let present, let received, let maximum):
            "\(present) of \(sku) and \(received) more would be above \(maximum)"
        case .contradictoryTerms(let sku): "the terms of \(sku) can never be met"
        default: "refused"
        }
    }
}
