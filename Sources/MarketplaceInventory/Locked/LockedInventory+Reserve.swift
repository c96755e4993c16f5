import MarketplaceCore

extension LockedInventory {
    /// Sets aside all that is asked for, or nothing; see ``InventoryStore/reserve(_:)``.
    @discardableResult
    public func reserve(_ request: ReservationRequest) async throws(InventoryError) -> Reservation {
        try request.validate()
        let skus = request.lines.demandBySKU.map(\.sku)
        let query = StockTableQuery(
            skus: skus,
            points: request.lines.demand.map(\.point),
            counts: skus.map { MemberCountKey($0, request.member) },
            reservations: [request.id]
        )
        return try await attempting { () async throws(InventoryError) -> Step<Reservation> in
            try await underLease(query, endingOverdueAt: request.time) { decision, overdue in
                if let book = decision.rows.reservations[request.id], book.isOverdue(at: request.time),
                    !decision.covers(request.id)
                {
                    overdue = .these([book])
                    return .again
                }
                let step = Step.deciding { () throws(InventoryRefusal) in try decision.reserve(request) }
                if mayChangeByExpiry(step, decision) { overdue = .any }
                return step
            }
        }
    }

    /// Whether what overdue holds would give back could lead to another answer.
    private func mayChangeByExpiry(_ step: Step<Reservation>, _ decision: StockDecision) -> Bool {
        switch step {
        case .answer(.success(let reservation)): decision.hasChanges && reservation.isAwaitingStock
        case .answer(.failure(let refusal)): refusal.mayBeLiftedByExpiry
        case .again, .settled: false
        }
    }
}
