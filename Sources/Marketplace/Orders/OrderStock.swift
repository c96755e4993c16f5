import MarketplaceCore
import MarketplaceDomain
import MarketplaceInventory
import MarketplaceStorage

/// What the stock of a purchase becomes when units of its orders are called off, added, shipped or come back.
struct OrderStock: Sendable {
    /// How long units that a change adds, or a parcel replaces, are held until that is recorded.
    static let holdDuration = Duration.minutes(10)
    /// How often they are held anew when the hold has run out before; who records so late as often gives up before.
    static let holdAttempts = 8

    /// Units that an order counts on and that are gone: what was held for them had run out before it was promised.
    struct Shortage: Sendable {
        let extra: ExtraStock
        /// What of the extra is missing.
        let units: [OrderUnits]
        let refusal: InventoryRefusal
    }

    let inventory: any InventoryStore

    /// Brings the reservations of a purchase, and what came back, in line with what one of its orders says, from
    /// wherever they stand.
    ///
    /// It tells the inventory totals, not differences, so it can be repeated and met by others doing the same, also by
    /// those who have read an older state of the orders or a newer one. What an inventory does not know, because the
    /// goods are kept elsewhere, is left alone.
    ///
    /// - Returns: What cannot be had any more; everything else is done.
    func settle(
        _ purchase: [Order],
        for order: Order,
        at time: Timestamp
    ) async throws(InventoryError) -> [Shortage] {
        try await takeBack(order, at: time)
        var books = try await books(of: purchase, at: time)
        var shortages: [Shortage] = []
        for extra in ExtraStock.all(of: order) where extra.isDue {
            let standing = books.standing(of: extra)
            guard extra.isWanted else {
                if try await isHeldAnew(extra, insteadOf: standing, at: time) {
                    books = try await self.books(of: purchase, at: time)
                }
                continue
            }
            let refusal = try await promise(extra, as: standing?.id, at: time)
            books = try await self.books(of: purchase, at: time)
            guard let refusal else { continue }
            let missing = books.missing(of: extra)
            if !missing.isEmpty { shortages.append(Shortage(extra: extra, units: missing, refusal: refusal)) }
        }
        try await books.book(in: inventory, at: time)
        return shortages
    }

    /// Holds units beside the reservation of the purchase until what they are for is recorded.
    func hold(_ extra: ExtraStock, at time: Timestamp) async throws(InventoryError) {
        for attempt in 1...Self.holdAttempts {
            let request = try await request(extra, as: extra.reservation(attempt: attempt), at: time)
            guard !request.lines.isEmpty else { return }
            do throws(InventoryError) {
                try await inventory.reserve(request)
                return
            } catch {
                // What an earlier attempt has held has run out before it was recorded.
                guard case .refused(.expired) = error, attempt < Self.holdAttempts else { throw error }
            }
        }
    }

    /// Promises what is held for an order for good, anew where the hold has run out.
    ///
    /// - Returns: Why that cannot be, now or ever; nil when it is done, or the inventory does not know the goods.
    private func promise(
        _ extra: ExtraStock,
        as held: ReservationID?,
        at time: Timestamp
    ) async throws(InventoryError) -> InventoryRefusal? {
        let id = held ?? extra.reservation(attempt: 1)
        let request = try await request(extra, as: id, at: time)
        guard !request.lines.isEmpty else { return nil }
        if held == nil {
            do throws(InventoryError) {
                try await inventory.reserve(request)
            } catch {
                guard let refusal = error.refusal else { throw error }
                if case .unknownSKU = refusal { return nil }
                // Whoever tries the same at this moment is refused from now on, or has been faster.
                if try await inventory.release([], of: id, at: time) == .neverReserved { return refusal }
            }
        }
        return try await inventory.allocate(request, whenLate: .reacquire, at: time).refusal
    }

    /// Sees to it that units are not held anew which ran out and are not wanted any more: by somebody who has read an
    /// older state of the order.
    ///
    /// - Returns: Whether they were before.
    private func isHeldAnew(
        _ extra: ExtraStock,
        insteadOf standing: PurchaseBooks.Standing?,
        at time: Timestamp
    ) async throws(InventoryError) -> Bool {
        if let standing, !standing.isGone { return false }
        let next = standing.map { ReservationID(reacquiring: $0.id) } ?? extra.reservation(attempt: 1)
        do throws(InventoryError) {
            return try await inventory.release([], of: next, at: time) != .neverReserved
        } catch {
            guard error.refusal != nil else { throw error }
            return true
        }
    }

    private func request(
        _ extra: ExtraStock,
        as id: ReservationID,
        at time: Timestamp
    ) async throws(InventoryError) -> ReservationRequest {
        var demand = extra.demand
        // A change asks for what the inventory has to know; what is only replaced may be kept elsewhere, as before.
        if case .parcel = extra.origin {
            let known = try await inventory.stock(of: demand.map(\.sku))
            demand = demand.filter { known[$0.sku] != nil }
        }
        return ReservationRequest(
            id: id,
            lines: ReservationLines(demand.map { ReservationLine($0.sku, $0.quantity) }),
            member: MemberKey(extra.buyer),
            reference: StockReference(extra.order),
            deadline: time.advanced(by: Self.holdDuration),
            at: time
        )
    }

    /// Takes into stock what came back in parcels, as far as that is not noted.
    private func takeBack(_ order: Order, at time: Timestamp) async throws(InventoryError) {
        let back = order.parcels.filter { $1.isBackInStock && $1.stockRevision > order.bookedStockRevision }
        for (shipment, parcel) in back.sorted(by: { $0.key < $1.key }) {
            for (sku, quantity) in parcel.units.demand(of: order.lines) {
                guard try await inventory.stock(of: sku) != nil else { continue }
                let change = StockChange(
                    id: MovementID(bits: TransactionID(derivedFrom: "parcel back", "\(shipment)", sku.text).bits),
                    sku: sku,
                    .customerReturn(quantity),
                    reference: StockReference(shipment),
                    time: time
                )
                try await inventory.record(change)
            }
        }
    }

    /// The reservation of the purchase, and those beside it, as they stand.
    private func books(of purchase: [Order], at time: Timestamp) async throws(InventoryError) -> PurchaseBooks {
        var books = PurchaseBooks()
        if let payment = purchase.first?.paymentID {
            let id = ReservationID(bits: payment.bits)
            if var record = try await inventory.reservation(id) {
                // A checkout promises before it confirms; whoever places orders by other means may not have.
                if record.state == .held, purchase.contains(where: \.isPaid) {
                    try await inventory.allocate(id, at: time)
                    record = try await inventory.reservation(id) ?? record
                }
                books.add(id, record, of: purchase)
            }
        }
        for extra in purchase.flatMap(ExtraStock.all) {
            if let standing = try await standing(of: extra, at: time) { books.add(extra, standing) }
        }
        return books
    }

    private func standing(
        of extra: ExtraStock,
        at time: Timestamp
    ) async throws(InventoryError) -> PurchaseBooks.Standing? {
        var last: PurchaseBooks.Standing?
        for attempt in 1...Self.holdAttempts {
            let id = extra.reservation(attempt: attempt)
            guard let record = try await inventory.reservation(id) else { break }
            let standing = PurchaseBooks.Standing(id: id, record: record, at: time)
            last = standing
            if !standing.isGone { break }
        }
        // What was held anew may have run out as well, where nobody came to promise it.
        while let gone = last, gone.isGone {
            let id = ReservationID(reacquiring: gone.id)
            guard let again = try await inventory.reservation(id), again.member != nil else { break }
            last = PurchaseBooks.Standing(id: id, record: again, at: time)
        }
        return last
    }
}

extension Order {
    /// Whether its checkout has ended well, and nobody has called it off.
    fileprivate var isPaid: Bool {
        switch status {
        case nil, .pending, .canceled, .failed, .expired: false
        case .confirmed, .preparing, .partiallyShipped, .shipped, .delivered, .completed: true
        }
    }
}
