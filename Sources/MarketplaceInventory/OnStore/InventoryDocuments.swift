import MarketplaceCore
import MarketplaceStorage

/// What is stored of a SKU besides its counters.
struct StockItemDocument: Codable, Hashable, Sendable {
    var terms = SaleTerms.unrestricted
    /// Which limit purchases are counted towards; 0 while there is none.
    var limitGeneration: Int64 = 0
    var lastLimitGeneration: Int64 = 0

    /// The same SKU on other terms: a limit where there was none begins to count anew.
    func with(_ terms: SaleTerms) -> StockItemDocument {
        var copy = self
        copy.terms = terms
        if terms.perMemberLimit == nil {
            copy.limitGeneration = 0
        } else if limitGeneration == 0 {
            copy.lastLimitGeneration += 1
            copy.limitGeneration = copy.lastLimitGeneration
        }
        return copy
    }
}

/// What is stored of a reservation; of one that ended, the lines and the reference are gone.
struct ReservationDocument: Codable, Hashable, Sendable {
    struct Line: Codable, Hashable, Sendable {
        let sku: SKU
        let units: Int64
        /// Which limit the units were counted towards; 0 for none.
        let limitGeneration: Int64
    }

    let member: MemberKey?
    var lines: [Line]
    var reference: StockReference?
    var state: ReservationState
    /// Nil when it was released before it was made.
    let deadline: Timestamp?
    let reservedAt: Timestamp
    var endedAt: Timestamp?

    /// Whether it is held and its deadline is at or before `time`.
    func isOverdue(at time: Timestamp) -> Bool {
        guard state == .held, let deadline else { return false }
        return deadline <= time
    }

    /// The same reservation in its next state.
    func moved(to state: ReservationState, at time: Timestamp) -> ReservationDocument {
        var copy = self
        copy.state = state
        if state.isEnded {
            copy.endedAt = time
            copy.lines = []
            copy.reference = nil
        }
        return copy
    }

    /// What the document can be found by: the deadline while it is held, its being open, or its end.
    var indexEntries: [IndexEntry] {
        if let endedAt { return [IndexEntry(Self.endedIndex, .time(endedAt))] }
        let open = IndexEntry(Self.openIndex, .integer(0))
        guard state == .held, let deadline else { return [open] }
        return [open, IndexEntry(Self.dueIndex, .time(deadline))]
    }

    static let dueIndex = "due"
    static let openIndex = "open"
    static let endedIndex = "ended"
}

/// What is stored of a receipt, so that a repetition is recognised.
struct ReceiptDocument: Codable, Hashable, Sendable {
    let sku: SKU
    let units: Int64
}

extension ReservationDocument {
    /// The document as a reservation.
    func reservation(_ id: ReservationID) -> Reservation? {
        guard let member, let deadline else { return nil }
        return Reservation(
            id: id,
            lines: ReservationLines(lines.flatMap { ReservationLine.lines(of: $0.sku, units: $0.units) }),
            member: member,
            reference: reference,
            state: state,
            deadline: deadline,
            reservedAt: reservedAt
        )
    }

    /// The refusal of whoever still wants something of a reservation that ended; nil while it is open.
    func refusal(_ id: ReservationID) -> InventoryRefusal? {
        switch state {
        case .held, .allocated: nil
        case .shipped: .alreadyShipped(id)
        case .released: .released(id)
        case .expired: .expired(id, deadline: deadline ?? .distantPast)
        }
    }
}
