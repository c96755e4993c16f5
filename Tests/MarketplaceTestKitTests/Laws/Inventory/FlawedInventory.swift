import MarketplaceCore
import MarketplaceStorage
import MarketplaceTestKit

@testable import MarketplaceInventory

/// A plain inventory with at most one flaw: how a bug is planted.
///
/// Without a flaw it keeps every law. Each value is a connection; those of one site share the books.
struct FlawedInventory: InventoryStore {
    private let books: Shared<FlawedBooks>
    private let flaw: InventoryFlaw?
    /// The terms that this connection has seen first.
    private let remembered = Shared<[SKU: SaleTerms]>([:])

    init(_ books: Shared<FlawedBooks>) {
        self.books = books
        flaw = books.withLock { $0.flaw }
    }

    /// A site of such inventories.
    static func site(_ flaw: InventoryFlaw?) -> InventorySite {
        let books = Shared(FlawedBooks(flaw: flaw))
        return InventorySite { FlawedInventory(books) }
    }

    /// Lets others go ahead between two steps.
    private func pause() async {
        for _ in 0..<8 { await Task.yield() }
    }

    private func step<Answer: Sendable>(
        _ body: (inout FlawedBooks) throws(InventoryRefusal) -> Answer
    ) throws(InventoryError) -> Answer {
        let result = books.withLock { books -> Result<Answer, InventoryRefusal> in
            do throws(InventoryRefusal) {
                return .success(try body(&books))
            } catch {
                return .failure(error)
            }
        }
        return try result.orThrow()
    }

    func record(_ change: StockChange) async throws(InventoryError) -> StockLevel {
        var change = change
        if flaw == .clampsFigures, case .adjustment(let units) = change.action {
            let room =
                InventoryLimits.unitsOnHand - books.withLock { [point = change.point] in $0.level(at: point).onHand }
            change = change.with(.adjustment(min(max(units, 0), room)))
        }
        try change.validate()
        let wanted = change
        if let known = try step({ books throws(InventoryRefusal) in try books.known(wanted) }) { return known }
        switch flaw {
        case .transfersInTwoSteps, .cancelledHalfway: return try await recordInSteps(wanted)
        case .losesUpdates: return try await recordOverOthers(wanted)
        default:
            return try step { books throws(InventoryRefusal) in
                if let known = try books.known(wanted) { return known }
                return try books.record(wanted)
            }
        }
    }

    private func recordInSteps(_ change: StockChange) async throws(InventoryError) -> StockLevel {
        guard change.movements.count > 1 else {
            return try step { books throws(InventoryRefusal) in try books.record(change) }
        }
        for movement in change.movements {
            try step { books throws(InventoryRefusal) in
                books.changes[change.id] = change
                try books.record(movement)
            }
            await pause()
            if flaw == .cancelledHalfway, Task.isCancelled { throw Self.cancelled }
        }
        return try step { books throws(InventoryRefusal) in books.level(at: change.point) }
    }

    /// Writes the level that was read a while ago, with the change.
    private func recordOverOthers(_ change: StockChange) async throws(InventoryError) -> StockLevel {
        let before = books.withLock { $0.items[change.point.sku]?.levels }
        await pause()
        return try step { books throws(InventoryRefusal) in
            if let before { books.items[change.point.sku]?.levels = before }
            return try books.record(change)
        }
    }

    private static let cancelled = InventoryError.failed(.notApplied(StoreFailure(.cancelled, "halfway")))

    func setTerms(_ terms: SaleTerms, for sku: SKU, at time: Timestamp) async throws(InventoryError) {
        try InventoryLimits.validate(sku)
        if flaw != .takesAnyTerms { try terms.validate(for: sku) }
        try step { books throws(InventoryRefusal) in
            books.setTerms(terms, of: books.stored(StockPoint(sku)).sku)
        }
    }

    func reserve(_ request: ReservationRequest) async throws(InventoryError) -> Reservation {
        if flaw != .unchecked || request.lines.isEmpty { try request.validate() }
        let terms = termsToGoBy(request)
        if flaw == .checksThenTakes {
            let known = try step { books throws(InventoryRefusal) in try books.known(request) }
            if let known { return known }
            let plan = try step { books throws(InventoryRefusal) in try books.plan(request, terms) }
            await pause()
            try step { books throws(InventoryRefusal) in try books.make(plan, at: request.time) }
            return plan.reservation ?? Reservation(request)
        }
        if flaw == .cancelledHalfway {
            try step { books throws(InventoryRefusal) in
                guard try books.known(request) == nil else { return }
                if request.lines.count > 1 { books.keepMetLines(of: request) }
            }
            await pause()
            if Task.isCancelled { throw Self.cancelled }
        }
        return try step { books throws(InventoryRefusal) in
            if let known = try books.known(request) { return known }
            do throws(InventoryRefusal) {
                let plan = try books.plan(request, terms)
                try books.make(plan, at: request.time)
                return plan.reservation ?? Reservation(request)
            } catch {
                if flaw == .keepsMetLines { books.keepMetLines(of: request) }
                throw error
            }
        }
    }

    /// The terms that this connection goes by instead of those that stand.
    private func termsToGoBy(_ request: ReservationRequest) -> [SKU: SaleTerms] {
        guard flaw == .remembersTerms else { return [:] }
        let current = books.withLock { books in
            request.lines.reduce(into: [SKU: SaleTerms]()) { $0[$1.sku] = books.items[$1.sku]?.terms }
        }
        return remembered.withLock { remembered in
            remembered.merge(current) { first, _ in first }
            return remembered
        }
    }

    func allocate(_ id: ReservationID, at time: Timestamp) async throws(InventoryError) -> ReservationState {
        try step { books throws(InventoryRefusal) in try books.allocate(.everything, of: id, at: time) }
    }

    func allocate(
        _ units: ReservationLines,
        of id: ReservationID,
        at time: Timestamp
    ) async throws(InventoryError) -> ReservationState {
        try step { books throws(InventoryRefusal) in try books.allocate(.units(units), of: id, at: time) }
    }

    func release(_ id: ReservationID, at time: Timestamp) async throws(InventoryError) -> ReleaseOutcome {
        try step { books throws(InventoryRefusal) in try books.release(.everything, of: id, at: time) }
    }

    func release(
        _ units: ReservationLines,
        of id: ReservationID,
        at time: Timestamp
    ) async throws(InventoryError) -> ReleaseOutcome {
        try step { books throws(InventoryRefusal) in try books.release(.units(units), of: id, at: time) }
    }

    func ship(_ id: ReservationID, at time: Timestamp) async throws(InventoryError) {
        try step { books throws(InventoryRefusal) in try books.ship(.everything, of: id, at: time) }
    }

    func ship(_ units: ReservationLines, of id: ReservationID, at time: Timestamp) async throws(InventoryError) {
        try step { books throws(InventoryRefusal) in try books.ship(.units(units), of: id, at: time) }
    }

    func extend(
        _ id: ReservationID,
        to deadline: Timestamp,
        at time: Timestamp
    ) async throws(InventoryError) -> Reservation {
        try step { books throws(InventoryRefusal) in try books.extend(id, to: deadline, at: time) }
    }

    func fillBackorders(
        of point: StockPoint,
        limit: Int,
        at time: Timestamp
    ) async throws(InventoryError) -> [Reservation] {
        try InventoryLimits.validate(point)
        return try step { books throws(InventoryRefusal) in
            books.fill(books.stored(point), limit: InventoryLimits.clamped(limit: limit), at: time)
        }
    }

    func expire(dueBy time: Timestamp, limit: Int) async throws(InventoryError) -> [Reservation] {
        let limit = flaw == .ignoresSweepLimit ? .max : InventoryLimits.clamped(limit: limit)
        if flaw == .expiresTwice {
            let due = books.withLock { books in books.overdue(at: time).prefix(limit).compactMap { books.books[$0] } }
            await pause()
            return books.withLock { books in due.compactMap { books.end($0, at: time) } }
        }
        return books.withLock { books in
            books.overdue(at: time).prefix(limit).compactMap { books.endOverdue($0, at: time) }
        }
    }

    func stock(of skus: [SKU]) async throws(InventoryError) -> [SKU: SKUStock] {
        books.withLock { books in skus.reduce(into: [:]) { $0[$1] = books.stock(of: $1) } }
    }

    func reservation(_ id: ReservationID) async throws(InventoryError) -> ReservationRecord? {
        books.withLock { $0.books[id]?.record }
    }

    func openReservations(after id: ReservationID?, limit: Int) async throws(InventoryError) -> ReservationSlice {
        let limit = InventoryLimits.clamped(limit: limit)
        let open = books.withLock { $0.books.values.filter { $0.endedAt == nil } }
            .filter { book in id.map { book.id > $0 } ?? true }.sorted { $0.id < $1.id }
        let next = open.count > limit ? open[flaw == .losesOpenAtPageEnd ? limit : limit - 1].id : nil
        return ReservationSlice(reservations: open.prefix(limit).compactMap(\.reservation), next: next)
    }

    func movements(after cursor: MovementCursor, limit: Int) async throws(InventoryError) -> MovementSlice {
        let limit = InventoryLimits.clamped(limit: limit)
        let start = Int(cursor.marks.first ?? 0)
        let rest = books.withLock { Array($0.movements.dropFirst(start)) }
        var end = start + min(limit, rest.count)
        if flaw == .skipsAtPageEnd, rest.count > limit { end += 1 }
        return MovementSlice(
            movements: Array(rest.prefix(limit)),
            next: MovementCursor(marks: [UInt64(end)]),
            missedCount: 0
        )
    }
}

extension StockChange {
    /// The same with another action.
    fileprivate func with(_ action: StockAction) -> StockChange {
        StockChange(id: id, sku: point.sku, at: point.location, action, reference: reference, time: time)
    }
}
