import MarketplaceCore
import MarketplaceDomain
import MarketplaceInventory
import MarketplaceSagas

/// What a checkout does with the stock.
struct StockDesk: Sendable {
    private let inventory: any InventoryStore
    private let holdDuration: Duration

    init(_ inventory: any InventoryStore, holdDuration: Duration) {
        self.inventory = inventory
        self.holdDuration = holdDuration
    }

    /// Holds what the order asks for until the deadline.
    func reserve(_ state: CheckoutState, _ step: StepContext) async throws -> Bool {
        let request = ReservationRequest(
            id: state.reservation,
            lines: ReservationLines(state.lines.lazy.map { ReservationLine($0.sku, $0.quantity) }),
            member: MemberKey(state.buyer),
            reference: StockReference(state.order),
            deadline: step.time.advanced(by: holdDuration),
            at: step.time
        )
        try await refusing { () async throws(InventoryError) in try await inventory.reserve(request) }
        return true
    }

    /// Takes the deadline off the hold: from here on nothing can take the stock away but the checkout itself.
    func allocate(_ state: CheckoutState, _ step: StepContext) async throws {
        try await refusing { () async throws(InventoryError) in
            try await inventory.allocate(state.reservation, at: step.time)
        }
    }

    /// Takes what the order asks for at once, without a time in which it is only held.
    func take(_ state: CheckoutState, _ step: StepContext) async throws -> Bool {
        let isReserved = try await reserve(state, step)
        do {
            try await allocate(state, step)
        } catch  where EffectOutcome(of: error) != .refused {
            // The hold is there, so "not applied" would not be true of the whole.
            throw TakenInDoubt(reason: "\(error)")
        }
        return isReserved
    }

    /// What became of stock that was to be taken.
    func findTaken(_ state: CheckoutState, _ step: StepContext) async throws -> ProbeAnswer<Bool> {
        switch try await inventory.reservation(state.reservation)?.state {
        case nil, .held: .notDone
        case .allocated, .shipped: .done(true)
        case .released: .refused(InventoryRefusal.released(state.reservation))
        case .expired: .refused(InventoryRefusal.expired(state.reservation, deadline: step.time))
        }
    }

    /// Gives the stock back; a reservation that arrives late is refused from now on.
    func release(_ state: CheckoutState, _ step: StepContext) async throws {
        try await refusing { () async throws(InventoryError) in
            try await inventory.release(state.reservation, at: step.time)
        }
    }

    /// Throws a refusal as itself, so that the journal keeps its facts.
    @discardableResult
    private func refusing<Value>(_ body: () async throws(InventoryError) -> Value) async throws -> Value {
        do throws(InventoryError) {
            return try await body()
        } catch {
            if case .refused(let refusal) = error { throw refusal }
            throw error
        }
    }
}
