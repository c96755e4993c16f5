import MarketplaceCore

extension ReservationBook {
    /// The books of a reservation that has just been made, of which some units are not there.
    ///
    /// `item` tells what is known of a SKU; all of the request are known.
    init(
        _ request: ReservationRequest,
        backorders: [StockPoint: Int64],
        item: (SKU) -> StockItemDocument?
    ) {
        let lines = request.lines.demand.map { demand in
            let point = demand.point
            var position = ReservationPosition(point)
            position.backordered = backorders[point] ?? 0
            position.held = demand.units - position.backordered
            let item = item(point.sku)
            if position.backordered > 0 { position.promisedAt = item?.terms.backorders?.promisedAt }
            return Line(position: position, limitGeneration: item?.limitGeneration ?? 0)
        }
        self.init(request, lines: lines)
    }

    /// What making it does to the stock.
    var reservationMoves: [Move] {
        lines.map { line in
            Move(
                point: line.position.point,
                kind: .reservation,
                deltas: StockDeltas(held: line.position.held, backordered: line.position.backordered),
                counted: line.position.tentative,
                limitGeneration: line.limitGeneration
            )
        }
    }

    /// The answer to a request of the same id, when nothing of the reservation is overdue.
    func answer(to request: ReservationRequest) -> Result<Reservation, InventoryRefusal> {
        if let refusal { return .failure(refusal) }
        guard let reservation, reservation.member == request.member,
            reservation.lines.demand == request.lines.demand
        else { return .failure(.reservationMismatch(id)) }
        return .success(reservation)
    }
}
