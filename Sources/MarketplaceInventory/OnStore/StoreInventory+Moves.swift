public import MarketplaceCore
import MarketplaceStorage

extension StoreInventory {
    /// Promises a held reservation's units for good; see ``InventoryStore/allocate(_:at:)``.
    @discardableResult
    public func allocate(
        _ id: ReservationID,
        at time: Timestamp
    ) async throws(InventoryError) -> ReservationState {
        try await attempting { () async throws(InventoryError) -> ReservationState? in
            guard let stored = try await current(id, at: time) else { throw .refused(.unknownReservation(id)) }
            switch stored.value.state {
            case .allocated: return .allocated
            case .shipped: return .shipped
            case .held: return try await move(id, stored, to: .allocated, at: time) ? .allocated : nil
            case .released, .expired: throw .refused(stored.value.refusal(id) ?? .released(id))
            }
        }
    }

    /// Gives back the units of a reservation; see ``InventoryStore/release(_:at:)``.
    @discardableResult
    public func release(
        _ id: ReservationID,
        at time: Timestamp
    ) async throws(InventoryError) -> ReleaseOutcome {
        try await attempting { () async throws(InventoryError) -> ReleaseOutcome? in
            guard let stored = try await current(id, at: time) else {
                return try await forestall(id, at: time) ? .neverReserved : nil
            }
            switch stored.value.state {
            case .held, .allocated: return try await move(id, stored, to: .released, at: time) ? .released : nil
            case .released: return stored.value.deadline == nil ? .neverReserved : .released
            case .expired: return .expired
            case .shipped: throw .refused(.alreadyShipped(id))
            }
        }
    }

    /// Takes an allocated reservation's units out of the stock on hand; see ``InventoryStore/ship(_:at:)``.
    public func ship(_ id: ReservationID, at time: Timestamp) async throws(InventoryError) {
        try await attempting { () async throws(InventoryError) -> Void? in
            guard let stored = try await current(id, at: time) else { throw .refused(.unknownReservation(id)) }
            switch stored.value.state {
            case .shipped: return ()
            case .allocated: return try await move(id, stored, to: .shipped, at: time) ? () : nil
            case .held: throw .refused(.notAllocated(id))
            case .released, .expired: throw .refused(stored.value.refusal(id) ?? .released(id))
            }
        }
    }

    /// A reservation as it stands at `time`: one whose deadline has come is ended first.
    ///
    /// Nil when it is unknown.
    private func current(
        _ id: ReservationID,
        at time: Timestamp
    ) async throws(InventoryError) -> StoredValue<ReservationDocument>? {
        let key = DocumentKey(StockKeySpace.reservations, id)
        for _ in 0..<maximumAttempts {
            guard let stored = try await read(key, as: ReservationDocument.self) else { return nil }
            guard stored.value.isOverdue(at: time) else { return stored }
            if try await move(id, stored, to: .expired, at: time) {
                return StoredValue(value: stored.value.moved(to: .expired, at: time), revision: stored.revision)
            }
        }
        throw .contended(attempts: maximumAttempts)
    }

    /// Leaves a tombstone for an id of which nothing is known; false when others were faster.
    private func forestall(_ id: ReservationID, at time: Timestamp) async throws(InventoryError) -> Bool {
        let document = ReservationDocument(
            member: nil,
            lines: [],
            reference: nil,
            state: .released,
            deadline: nil,
            reservedAt: time,
            endedAt: time
        )
        var transaction = Transaction(id: Self.transactionID(of: id, to: "forestalled"), time: time)
        transaction.write(
            DocumentWrite(
                DocumentKey(StockKeySpace.reservations, id),
                body: try encoded(document),
                expecting: .absent,
                indexEntries: document.indexEntries
            )
        )
        guard case .done = try await commit(transaction) else { return false }
        return true
    }

    /// Moves a reservation and its units on, in one commit; false when others were faster.
    func move(
        _ id: ReservationID,
        _ stored: StoredValue<ReservationDocument>,
        to state: ReservationState,
        at time: Timestamp
    ) async throws(InventoryError) -> Bool {
        guard stored.value.state.successors.contains(state), let kind = state.movementKind else { return false }
        let next = stored.value.moved(to: state, at: time)
        var transaction = Transaction(id: Self.transactionID(of: id, to: state.rawValue), time: time)
        transaction.write(
            DocumentWrite(
                DocumentKey(StockKeySpace.reservations, id),
                body: try encoded(next),
                expecting: .exactly(stored.revision),
                indexEntries: next.indexEntries
            )
        )
        for line in stored.value.lines {
            let deltas = StockDeltas(moving: line.units, from: stored.value.state, to: state)
            transaction.add(deltas, of: line.sku)
            if state == .released || state == .expired, line.limitGeneration != 0, let member = stored.value.member {
                let generation = line.limitGeneration
                let taken = StockKeySpace.taken(line.sku, limitGeneration: generation, member: member)
                transaction.add(-line.units, to: taken)
            }
            let moved = StockMoved(
                sku: line.sku,
                kind: kind,
                deltas: deltas,
                reservation: id,
                reference: stored.value.reference
            )
            let movement = MovementID(of: id, kind: kind, sku: line.sku)
            try append(moved, idBits: movement.bits, to: StockKeySpace.stream(moved.sku), in: &transaction)
        }
        guard case .done = try await commit(transaction) else { return false }
        return true
    }

    private static func transactionID(of id: ReservationID, to state: String) -> TransactionID {
        TransactionID(derivedFrom: "inventory move", id.description, state)
    }
}

extension ReservationState {
    /// The kind of the movements that lead to this state.
    var movementKind: StockMovementKind? {
        switch self {
        case .held: .reservation
        case .allocated: .allocation
        case .shipped: .sale
        case .released: .cancellation
        case .expired: .expiry
        }
    }
}

extension StockDeltas {
    /// What it adds to a level when `units` move from one state of a reservation to the next.
    init(moving units: Int64, from state: ReservationState, to next: ReservationState) {
        self.init(
            onHand: next == .shipped ? -units : 0,
            held: state == .held ? -units : 0,
            allocated: (next == .allocated ? units : 0) - (state == .allocated ? units : 0)
        )
    }

    /// The change of what is available.
    var available: Int64 { onHand - held - allocated }
}

extension Transaction {
    /// Adds to the counters of a SKU what a movement changes.
    fileprivate mutating func add(_ deltas: StockDeltas, of sku: SKU) {
        let additions = [
            (deltas.onHand, StockKeySpace.onHand(sku)),
            (deltas.held, StockKeySpace.held(sku)),
            (deltas.allocated, StockKeySpace.allocated(sku)),
            (deltas.available, StockKeySpace.available(sku)),
        ]
        for (delta, key) in additions where delta != 0 { add(delta, to: key) }
    }
}
