import MarketplaceCore

extension ReservationBook {
    /// The books of a reservation that has just been made, of which some units are not there.
    ///
    /// The items tell what is known of the SKUs; all of the request are among them.
    init(_ request: ReservationRequest, backorders: [StockPoint: Int64], _ items: [SKU: StockItemDocument]) {
        let lines = request.lines.demand.sorted { $0.key < $1.key }.map { point, units in
            var position = ReservationPosition(point)
            position.backordered = backorders[point] ?? 0
            position.held = units - position.backordered
            let item = items[point.sku]
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

extension ReservationLines {
    /// How many units of each SKU are wanted at all locations together, by ascending SKU.
    var demandBySKU: [(sku: SKU, units: Int64)] {
        let sums = reduce(into: [SKU: Int64]()) { $0[$1.sku, default: 0] += $1.quantity.units }
        return sums.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
