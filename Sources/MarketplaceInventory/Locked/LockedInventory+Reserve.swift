import MarketplaceCore

extension LockedInventory {
    /// How many overdue holds a reservation that found too little ends before it tries again; what remains is left to
    /// its next attempt.
    private static let overduePerAttempt = 256

    /// Sets aside all that is asked for, or nothing; see ``InventoryStore/reserve(_:)``.
    @discardableResult
    public func reserve(_ request: ReservationRequest) async throws(InventoryError) -> Reservation {
        try request.validate()
        let skus = request.lines.demandBySKU.map(\.sku)
        let query = StockTableQuery(
            skus: skus,
            points: request.lines.demand.keys.sorted(),
            counts: skus.map { MemberCountKey($0, request.member) },
            reservations: [request.id]
        )
        return try await attempting { () async throws(InventoryError) -> Step<Reservation> in
            var overdue: [ReservationBook] = []
            let step = try await underLease(query) { decision async throws(InventoryError) -> Step<Reservation> in
                if let book = decision.rows.reservations[request.id], book.isOverdue(at: request.time),
                    !decision.covers(request.id)
                {
                    overdue = [book]
                    return .again
                }
                let step = Step.deciding { () throws(InventoryRefusal) in try decision.reserve(request) }
                guard mayChangeByExpiry(step, decision) else { return step }
                // Looked for under the lease, so that nobody ends one of these SKUs between this and the answer.
                overdue = try await due(by: request.time, limit: Self.overduePerAttempt)
                return overdue.isEmpty ? step : .again
            }
            if !overdue.isEmpty { _ = try await end(overdue, at: request.time) }
            return step
        }
    }

    /// Whether what overdue holds would give back could lead to another answer.
    private func mayChangeByExpiry(_ step: Step<Reservation>, _ decision: StockDecision) -> Bool {
        switch step {
        case .answer(.success(let reservation)): decision.hasChanges && reservation.isAwaitingStock
        case .answer(.failure(let refusal)): refusal.mayBeLiftedByExpiry
        case .again: false
        }
    }
}
