import MarketplaceCore
import MarketplaceInventory

/// A reservation as a law wants it; its books are made by the rules of an inventory.
struct ReservationSample: Sendable {
    /// Where it stands.
    enum Standing: Sendable {
        /// Set aside until the deadline.
        case held
        /// Promised for good.
        case allocated
        /// Units that are not there are promised until the deadline.
        case awaiting
        /// Units that are not there are promised for good.
        case owed
        /// Given back at a time.
        case released(Timestamp)
        /// Gone at a time.
        case shipped(Timestamp)
        /// Given back at a time, and never made.
        case forestalled(Timestamp)
    }

    let id: ReservationID
    var points: [StockPoint]
    var reservedAt: Timestamp
    var deadline: Timestamp
    var standing: Standing

    /// Describes a reservation, of one unit at each point.
    init(
        _ id: UInt128,
        _ standing: Standing = .held,
        of points: [StockPoint] = [StockPoint("law")],
        at reservedAt: Timestamp = StockTableProbe.time(0),
        until deadline: Timestamp = StockTableProbe.time(1_000)
    ) {
        self.id = ReservationID(bits: id)
        self.points = points
        self.reservedAt = reservedAt
        self.deadline = deadline
        self.standing = standing
    }

    /// The books.
    var book: ReservationBook {
        get async throws {
            let table = InMemoryStockTable()
            let inventory = LockedInventory(table: table, locks: SoleHolderLocks())
            switch standing {
            case .forestalled(let time): try await inventory.release(id, at: time)
            case .held: try await reserve(in: inventory)
            case .allocated:
                try await reserve(in: inventory)
                try await inventory.allocate(id, at: reservedAt)
            case .awaiting: try await reserve(in: inventory, isStocked: false)
            case .owed:
                try await reserve(in: inventory, isStocked: false)
                try await inventory.allocate(id, at: reservedAt)
            case .released(let time):
                try await reserve(in: inventory)
                try await inventory.release(id, at: time)
            case .shipped(let time):
                try await reserve(in: inventory)
                try await inventory.allocate(id, at: reservedAt)
                try await inventory.ship(id, at: time)
            }
            guard let book = try await table.read(StockTableQuery(reservations: [id])).reservations[id] else {
                throw LawBreach(expected: "the books of a sample", found: "none")
            }
            return book
        }
    }

    private func reserve(in inventory: LockedInventory, isStocked: Bool = true) async throws {
        let backorders = BackorderTerms(limit: .one, promisedAt: deadline)
        for (number, point) in points.enumerated() {
            if isStocked {
                let change = MovementID(bits: UInt128(number + 1))
                try await inventory.record(
                    .restock(id: change, sku: point.sku, quantity: .one, location: point.location, at: reservedAt)
                )
            } else {
                try await inventory.setTerms(SaleTerms(backorders: backorders), for: point.sku, at: reservedAt)
            }
        }
        try await inventory.reserve(
            ReservationRequest(
                id: id,
                lines: ReservationLines(points.map { ReservationLine($0.sku, .one, at: $0.location) }),
                member: "ann",
                reference: "order-7",
                deadline: deadline,
                at: reservedAt
            )
        )
    }
}

extension [ReservationSample] {
    /// The books of all.
    var books: [ReservationBook] {
        get async throws {
            var books: [ReservationBook] = []
            for sample in self { books.append(try await sample.book) }
            return books
        }
    }
}
