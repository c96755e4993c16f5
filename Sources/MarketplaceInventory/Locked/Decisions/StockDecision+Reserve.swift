import MarketplaceCore

extension StockDecision {
    /// Sets aside all that is asked for, or nothing.
    ///
    /// Holds of others that are overdue still count: whoever is refused looks for them, and decides again without.
    mutating func reserve(_ request: ReservationRequest) throws(InventoryRefusal) -> Reservation {
        if rows.reservations[request.id] != nil {
            settle(request.id, at: request.time)
            guard let book = rows.reservations[request.id] else { throw .unknownReservation(request.id) }
            return try book.answer(to: request).get()
        }
        try checkTerms(of: request)
        let backorders = try backorders(of: request)
        // On a copy, so that nothing has changed when one of the SKUs refuses.
        var introduced = self
        for (sku, points) in Dictionary(grouping: backorders.keys, by: \.sku) {
            try introduced.introduce(sku, at: points.map(\.location))
        }
        self = introduced
        let book = ReservationBook(request, backorders: backorders) { rows.items[$0]?.item }
        keep(book, book.reservationMoves, at: request.time)
        return book.reservation ?? Reservation(request)
    }

    private func checkTerms(of request: ReservationRequest) throws(InventoryRefusal) {
        for (sku, units) in request.lines.demandBySKU {
            guard let item = rows.items[sku] else { throw .unknownSKU(sku) }
            let reason = item.terms.refusal(
                of: sku,
                quantity: units,
                isRemainder: request.isRemainder,
                at: request.time
            )
            if let refusal = reason { throw refusal }
            guard let limit = item.terms.perMemberLimit?.units else { continue }
            let key = MemberCountKey(sku, request.member)
            let taken = taken(key, limitGeneration: item.limitGeneration)
            guard units <= limit - taken else {
                throw .memberLimit(sku, limit: limit, alreadyTaken: taken, requested: units)
            }
        }
    }

    /// What of the request is not there and is promised nevertheless.
    private func backorders(of request: ReservationRequest) throws(InventoryRefusal) -> [StockPoint: Int64] {
        var backorders: [StockPoint: Int64] = [:]
        for demand in request.lines.demand {
            let point = demand.point
            let level = level(at: point)
            let supply = try (rows.items[point.sku]?.terms ?? .unrestricted).supply(
                of: demand.units,
                at: point,
                unpromised: level.unpromised,
                backordered: level.backordered,
                allowsBackorder: request.allowsBackorder
            )
            if supply.backordered > 0 { backorders[point] = supply.backordered }
        }
        return backorders
    }
}
