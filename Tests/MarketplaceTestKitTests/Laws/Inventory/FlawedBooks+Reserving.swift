import MarketplaceCore

@testable import MarketplaceInventory

extension FlawedBooks {
    /// The answer to a request whose id is known; nil when it is not.
    mutating func known(_ request: ReservationRequest) throws(InventoryRefusal) -> Reservation? {
        if flaw != .waitsForSweep { endAllOverdue(at: request.time) }
        guard var book = books[request.id] else { return nil }
        if flaw == .ignoresContent, let reservation = book.reservation { return reservation }
        if flaw == .repetitionMovesDeadline, book.moveDeadline(to: request.deadline) { books[request.id] = book }
        return try book.answer(to: request).get()
    }

    /// The books of a reservation of what is wanted, if it can be met.
    func plan(_ request: ReservationRequest, _ remembered: [SKU: SaleTerms]) throws(InventoryRefusal) -> ReservationBook
    {
        let lines = request.lines.prefix(flaw == .takesFewLines ? 500 : .max)
        let wanted = ReservationLines(
            lines.map { line in
                let point = stored(line.point)
                return ReservationLine(point.sku, line.quantity, at: point.location)
            }
        )
        for (sku, units) in wanted.demandBySKU {
            guard let item = items[sku] else { throw .unknownSKU(sku) }
            let terms = remembered[sku] ?? item.terms
            try checkSize(of: sku, units, wanted, terms, at: request.time)
            if let limit = terms.perMemberLimit {
                let taken = flaw == .limitPerLocation ? 0 : item.taken[request.member] ?? 0
                guard units <= limit.units - taken else {
                    throw .memberLimit(sku, limit: limit.units, alreadyTaken: taken, requested: units)
                }
            }
        }
        var backorders: [StockPoint: Int64] = [:]
        for demand in wanted.demand {
            let item = remembered[demand.point.sku]
            let missing = try backordered(demand.units, at: demand.point, request, item)
            if missing > 0 { backorders[demand.point] = missing }
        }
        var documents: [SKU: StockItemDocument] = [:]
        for (sku, item) in items {
            documents[sku] = StockItemDocument(terms: item.terms, limitGeneration: item.limitGeneration)
        }
        let request = ReservationRequest(
            id: request.id,
            lines: wanted,
            member: request.member,
            reference: flaw == .dropsReference ? nil : request.reference,
            deadline: request.deadline,
            at: request.time
        )
        return ReservationBook(request, backorders: backorders) { documents[$0] }
    }

    private func checkSize(
        of sku: SKU,
        _ units: Int64,
        _ lines: ReservationLines,
        _ terms: SaleTerms,
        at time: Timestamp
    ) throws(InventoryRefusal) {
        var terms = terms
        if flaw == .windowClosesLate { terms.closesAt = terms.closesAt.map { $0.advanced(by: .microseconds(1)) } }
        if flaw == .windowOpensLate { terms.opensAt = terms.opensAt.map { $0.advanced(by: .microseconds(1)) } }
        let sizes = flaw == .sizePerLine ? lines.filter { $0.sku == sku }.map(\.quantity.units) : [units]
        for size in sizes {
            if let refusal = terms.refusal(of: sku, quantity: size, at: time) { throw refusal }
        }
    }

    /// How many units are to be promised that are not there.
    private func backordered(
        _ units: Int64,
        at point: StockPoint,
        _ request: ReservationRequest,
        _ remembered: SaleTerms?
    ) throws(InventoryRefusal) -> Int64 {
        let level = level(at: point)
        var terms = remembered ?? items[point.sku]?.terms ?? .unrestricted
        if flaw == .sellsSafetyStock { terms.safetyStock = .none }
        var backordered = level.backordered
        if flaw == .promisesPastLimit { backordered = 0 }
        if flaw == .limitOfAllLocations { backordered = stock(of: point.sku)?.backordered ?? 0 }
        let parts =
            flaw == .checksLinesAlone ? request.lines.filter { $0.point == point }.map(\.quantity.units) : [units]
        var missing: Int64 = 0
        for part in parts {
            missing += try terms.supply(
                of: part,
                at: point,
                unpromised: level.unpromised,
                backordered: backordered,
                allowsBackorder: request.allowsBackorder
            ).backordered
        }
        return missing
    }

    /// Sets aside what was planned.
    mutating func make(_ book: ReservationBook, at time: Timestamp) throws(InventoryRefusal) {
        var copy = self
        for position in book.positions { try copy.makeLocation(position.point) }
        self = copy
        books[book.id] = book
        apply(book.reservationMoves, of: book, at: time)
    }

    /// Sets aside the lines before the one that is short, for nobody.
    mutating func keepMetLines(of request: ReservationRequest) {
        for line in request.lines {
            let single = ReservationRequest(
                id: request.id,
                lines: [line],
                member: request.member,
                deadline: request.deadline,
                at: request.time
            )
            guard let book = try? plan(single, [:]) else { return }
            apply(book.reservationMoves, of: book, at: request.time)
        }
    }

    /// Does to the stock what the moves of a reservation say.
    mutating func apply(_ moves: [ReservationBook.Move], of book: ReservationBook, at time: Timestamp) {
        for move in moves {
            var deltas = move.deltas
            if flaw == .keepsRoom, [.cancellation, .expiry].contains(move.kind) { deltas.backordered = 0 }
            var counted = move.counted
            if counted < 0, flaw == .limitNotGivenBack { counted = 0 }
            if counted < 0, flaw == .limitGivenBackTwice { counted *= 2 }
            if let member = book.member, move.limitGeneration != 0,
                move.limitGeneration == items[move.point.sku]?.limitGeneration
            {
                items[move.point.sku]?.taken[member, default: 0] += counted
            }
            guard deltas != StockDeltas() else { continue }
            apply(
                StockMovement(
                    id: MovementID(bits: .random(in: 0 ... .max)),
                    sku: move.point.sku,
                    location: move.point.location,
                    kind: move.kind,
                    deltas: deltas,
                    reservation: book.id,
                    reference: book.reference,
                    time: time
                )
            )
        }
    }
}
