public import MarketplaceCore
import MarketplaceStorage

/// The books of one reservation: a state machine without a lock, a clock or stock of its own.
///
/// Each move checks whether it is possible, changes the books, and returns what it does to the stock, which whoever
/// keeps both applies in the same step. Inventories store it; everybody else sees a ``Reservation``.
public struct ReservationBook: Hashable, Sendable, Codable {
    /// One SKU at one location.
    struct Line: Hashable, Sendable {
        var position: ReservationPosition
        /// Which limit of the member the units were counted towards; 0 for none.
        let limitGeneration: Int64
    }

    /// Names the reservation.
    public let id: ReservationID
    /// Who it is for; nil when it was released before it was made.
    public let member: MemberKey?
    /// What it is for.
    public let reference: StockReference?
    /// When its tentative units end by themselves; nil when it was released before it was made.
    public private(set) var deadline: Timestamp?
    /// When it was made.
    public let reservedAt: Timestamp
    /// When its last unit left or was given back; nil while it is open.
    public private(set) var endedAt: Timestamp?
    /// How it ended, unless units were shipped; nil while it is open.
    private var end: ReservationState?
    /// How often it has changed; the moves of a change are named by it.
    private(set) var version: Int64 = 1
    private(set) var lines: [Line]

    /// The books of a reservation that has just been made.
    init(_ request: ReservationRequest, lines: [Line]) {
        id = request.id
        member = request.member
        reference = request.reference
        deadline = request.deadline
        reservedAt = request.time
        self.lines = lines
    }

    /// The books of a reservation all of whose units stand alike.
    init(_ reservation: Reservation, lines: [Line]) {
        id = reservation.id
        member = reservation.member
        reference = reservation.reference
        deadline = reservation.deadline
        reservedAt = reservation.reservedAt
        self.lines = lines
    }

    /// The books of a reservation that ended, and of which no more than that and where its units went is known.
    init(_ tombstone: Tombstone, lines: [Line]) {
        id = ReservationID(bits: tombstone.id)
        member = MemberKey(unchecked: tombstone.member)
        reference = nil
        deadline = Timestamp(microsecondsSinceEpoch: tombstone.deadline)
        endedAt = Timestamp(microsecondsSinceEpoch: tombstone.endedAt)
        reservedAt = Timestamp(microsecondsSinceEpoch: tombstone.endedAt)
        end = tombstone.state
        self.lines = lines
    }

    /// The tombstone of a reservation that was released before it was made.
    init(forestalling id: ReservationID, at time: Timestamp) {
        self.id = id
        member = nil
        reference = nil
        deadline = nil
        reservedAt = time
        endedAt = time
        end = .released
        lines = []
    }

    /// Where it stands: by the units that have come least far.
    public var state: ReservationState {
        if lines.contains(where: { $0.position.tentative > 0 }) { return .held }
        if lines.contains(where: { $0.position.open > 0 }) { return .allocated }
        return lines.contains(where: { $0.position.shipped > 0 }) ? .shipped : end ?? .released
    }

    /// Where its units stand, by ascending point.
    public var positions: [ReservationPosition] { lines.map(\.position) }

    /// The points at which it waits for stock.
    public var awaitedPoints: [StockPoint] { lines.filter { $0.position.awaited > 0 }.map(\.position.point) }

    /// When it ends by itself; nil when it does not.
    public var dueAt: Timestamp? { state == .held ? deadline : nil }

    /// Whether its deadline is at or before `time`, and units of it still depend on that.
    public func isOverdue(at time: Timestamp) -> Bool {
        dueAt.map { $0 <= time } ?? false
    }

    /// It as a reservation; nil when it was released before it was made.
    public var reservation: Reservation? {
        guard let member, let deadline else { return nil }
        return Reservation(
            id: id,
            lines: ReservationLines(
                lines.flatMap { ReservationLine.lines(of: $0.position.point, units: $0.position.reserved) }
            ),
            member: member,
            reference: reference,
            state: state,
            deadline: deadline,
            reservedAt: reservedAt,
            positions: positions
        )
    }

    /// What is known of it.
    public var record: ReservationRecord? {
        guard let endedAt else { return reservation.map(ReservationRecord.open) }
        return .ended(
            EndedReservation(
                id: id,
                state: state,
                deadline: deadline,
                endedAt: endedAt,
                member: member,
                positions: positions
            )
        )
    }

    /// The answer to a release after which it stands like this.
    var releaseOutcome: Result<ReleaseOutcome, InventoryRefusal> {
        guard deadline != nil else { return .success(.neverReserved) }
        if lines.contains(where: { $0.position.released > 0 }) { return .success(.released) }
        switch state {
        case .expired: return .success(.expired)
        case .shipped: return .failure(.alreadyShipped(id))
        case .held, .allocated, .released: return .success(.released)
        }
    }

    /// The refusal of whoever still wants something of it; nil while it is open.
    var refusal: InventoryRefusal? {
        switch state {
        case .held, .allocated: nil
        case .shipped: .alreadyShipped(id)
        case .released: .released(id)
        case .expired: .expired(id, deadline: deadline ?? .distantPast)
        }
    }
}

extension ReservationBook {
    /// What a move does to the stock of one point.
    struct Move: Hashable, Sendable {
        let point: StockPoint
        let kind: StockMovementKind
        let deltas: StockDeltas
        /// How many more units count towards the member's limit; fewer when it is negative.
        let counted: Int64
        /// Which limit they counted towards; 0 for none.
        let limitGeneration: Int64
    }

    /// The id of the one movement that the latest change made at a point.
    func movementID(at point: StockPoint) -> MovementID {
        MovementID(of: id, version: version, at: point)
    }

    /// Changes every line by `body`, which says what that does to the stock of its point, and keeps count.
    ///
    /// Nothing is changed when a line refuses.
    mutating func changeLines(
        _ kind: StockMovementKind,
        at time: Timestamp,
        endingAs end: ReservationState,
        _ body: (inout ReservationPosition) throws(InventoryRefusal) -> (StockDeltas, counted: Int64)
    ) throws(InventoryRefusal) -> [Move] {
        var changed = self
        var moves: [Move] = []
        for index in lines.indices {
            let (deltas, counted) = try body(&changed.lines[index].position)
            guard deltas != StockDeltas() else { continue }
            let line = changed.lines[index]
            moves.append(
                Move(
                    point: line.position.point,
                    kind: kind,
                    deltas: deltas,
                    counted: counted,
                    limitGeneration: line.limitGeneration
                )
            )
        }
        guard changed.lines != lines else { return [] }
        changed.version += 1
        if changed.endedAt == nil, changed.lines.allSatisfy({ $0.position.open == 0 }) {
            changed.endedAt = time
            changed.end = end
        }
        self = changed
        return moves
    }

    /// Moves the deadline to a later time; whether that changed anything.
    mutating func moveDeadline(to deadline: Timestamp) -> Bool {
        guard let current = self.deadline, current < deadline else { return false }
        self.deadline = deadline
        version += 1
        return true
    }
}

extension Identifier where Subject == StockMovement {
    /// The id of the movement that a change of a reservation made at a point.
    ///
    /// A UUID of version 8 over a digest that is not cryptographic: see `TransactionID(derivedFrom:)`.
    init(of reservation: ReservationID, version: Int64, at point: StockPoint) {
        let parts = ("\(reservation)", "\(version)", point.sku.text, point.location.text)
        let derived = TransactionID(derivedFrom: "stock movement", parts.0, parts.1, parts.2, parts.3)
        self.init(bits: derived.bits)
    }
}
