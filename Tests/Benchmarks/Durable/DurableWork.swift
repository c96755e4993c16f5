import MarketplaceCore
import MarketplaceInventory
import MarketplaceJSON
import MarketplaceSagas
import MarketplaceStorage

/// Work that is measured on every durable store, the library's way: a unit of it is one operation.
///
/// Keys have numbers of the same width, so that every unit writes rows of the same widths.
enum DurableWork: Hashable, Sendable, CaseIterable {
    /// One commit: an event that begins a stream, a document with an index entry, a counter out of twenty, a receipt.
    case sale
    /// One commit of ``StoreInventory``: a unit of one SKU, two a member, held for ten minutes.
    case reservation
    /// Four commits: a saga of three steps that do nothing.
    case saga
    /// One commit: an event behind the others of one of 64 streams, and a receipt.
    case append

    /// Does the unit of that number; the answer is 1 when it was done.
    typealias Unit = @Sendable (Int) async throws -> Int64

    /// How many streams the appends go to: one a writer.
    static let appendStreams = 64
    /// Over how many counters the sales are spread.
    static let saleCounters = 20
    static let payload = [UInt8](repeating: 0x2A, count: 200)

    private static let plenty: Int64 = 1_000_000_000
    private static let hold = Duration.seconds(600)

    /// Prepares a store for the units of those numbers; not timed.
    func prepare(_ units: Range<Int>, on store: any Store) async throws -> Unit {
        switch self {
        case .sale: try await Self.sales(units, on: store)
        case .reservation: try await Self.reservations(units, on: store)
        case .saga: try Self.sagas(on: store)
        case .append: try Self.appends(units, on: store)
        }
    }

    /// A number with always as many digits.
    static func digits(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 10 - digits.utf8.count)) + digits
    }

    /// The key that the sale of a number has for its stream and its document.
    static func saleKey(_ number: Int) -> String { "order-\(digits(number))" }

    private static func sales(_ units: Range<Int>, on store: any Store) async throws -> Unit {
        let stock: [CounterKey] = try (0..<saleCounters).map { try TextKey("stock/sku-\(digits($0))") }
        var opening = Transaction(id: TransactionID(derivedFrom: "opening", "\(units)"), time: .epoch)
        for key in stock { opening.add(plenty, to: key) }
        _ = try await store.commit(opening)
        let sales = try units.map { number in
            let key = saleKey(number)
            var sale = Transaction(
                id: TransactionID(bits: UInt128(number + 1)),
                time: Timestamp(microsecondsSinceEpoch: Int64(number))
            )
            let draft = EventDraft(id: EventID(bits: UInt128(number + 1)), name: "OrderCreated", payload: payload)
            sale.append([draft], to: StreamID("order", try TextKey(key)), expecting: .exactly(.none))
            sale.write(
                DocumentWrite(
                    DocumentKey("orders", try TextKey(key)),
                    body: payload,
                    expecting: .absent,
                    indexEntries: [IndexEntry("placed", .integer(Int64(number)))]
                )
            )
            sale.add(-1, to: stock[number % saleCounters], floor: 0)
            return sale
        }
        return { number in
            let receipt = try await store.commit(sales[number - units.lowerBound])
            return receipt.versions[0].value
        }
    }

    private static func reservations(_ units: Range<Int>, on store: any Store) async throws -> Unit {
        let inventory = StoreInventory(store: store, codec: .json)
        let sku: SKU = "sku-1"
        try await inventory.record(
            .restock(id: MovementID(bits: 1), sku: sku, quantity: Quantity(Int(plenty)), at: .epoch)
        )
        try await inventory.setTerms(SaleTerms(perMemberLimit: Quantity(2)), for: sku, at: .epoch)
        let lines = ReservationLines(ReservationLine(sku, .one))
        let members = try units.map { try MemberKey("member-\(digits($0))") }
        return { number in
            let time = Timestamp(microsecondsSinceEpoch: 1_000_000_000 + Int64(number))
            try await inventory.reserve(
                ReservationRequest(
                    id: ReservationID(bits: UInt128(number + 1)),
                    lines: lines,
                    member: members[number - units.lowerBound],
                    deadline: time.advanced(by: hold),
                    at: time
                )
            )
            return 1
        }
    }

    private static func sagas(on store: any Store) throws -> Unit {
        let coordinator = SagaCoordinator(
            store: store,
            codec: .json,
            identifiers: TimeOrderedIdentifiers(clock: SystemWallClock()),
            definitions: [SagaRegistration(SagaBenchmarks.definition)]
        )
        return { number in
            let key = try SagaKey("order-\(digits(number))")
            let handle = try await coordinator.start(SagaBenchmarks.definition, .init(order: 1), key: key)
            return try await handle.outcome().state.commits == 4 ? 1 : 0
        }
    }

    private static func appends(_ units: Range<Int>, on store: any Store) throws -> Unit {
        let streams = try (0..<appendStreams).map { StreamID("order", try TextKey("order-\(digits($0))")) }
        return { number in
            var append = Transaction(
                id: TransactionID(bits: UInt128(number + 1)),
                time: Timestamp(microsecondsSinceEpoch: Int64(number))
            )
            let draft = EventDraft(id: EventID(bits: UInt128(number + 1)), name: "OrderNoted", payload: payload)
            append.append([draft], to: streams[number % appendStreams], expecting: .any)
            _ = try await store.commit(append)
            return 1
        }
    }
}
