import MarketplaceCore
import MarketplaceInMemory
import MarketplaceInventory
import MarketplaceJSON
import MarketplaceStorage
import TestSupport
import Testing

/// Random histories of one caller: the form that is kept by locks answers what the form on a store answers, and leaves
/// the same stock and the same movements.
struct LockedEquivalenceTests {
    @Test func bothFormsGiveTheSameAnswers() async throws {
        var seen: Set<String> = []
        await PropertyRun.checkAsync(300) { run in
            var walk = EquivalenceWalk(seed: run.seed)
            let differences = try await walk.differences(steps: 120)
            #expect(differences == [], run.replay)
            seen.formUnion(walk.seen)
        }
        if PropertyRun.isPartial { return }
        // The histories are worth something only if they come by all of these.
        let wanted = [
            "insufficientStock", "insufficientUnits", "memberLimit", "expired", "released", "alreadyShipped",
            "notAllocated", "awaitingStock", "portionTooLarge", "unknownReservation", "unknownSKU",
            "reservationMismatch", "changeMismatch", "filled",
        ]
        for kind in wanted { #expect(seen.contains(kind), "never came by \(kind)") }
    }
}

/// One random history on two inventories.
private struct EquivalenceWalk {
    private static let skus: [SKU] = ["mug", "pen", "hat"]
    private static let locations: [LocationKey] = [.main, "depot"]
    private static let members: [MemberKey] = ["ann", "bob"]

    private let forms: [any InventoryStore] = [
        StoreInventory(store: InMemoryStore(), codec: .json),
        LockedInventory(table: InMemoryStockTable(), locks: InMemoryLockProvider()),
    ]
    private var generator: SeededGenerator
    private var second: Int64 = 100
    private(set) var seen: Set<String> = []

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    private mutating func draw(_ count: UInt64) -> Int { Int(generator.next(through: count - 1)) }
    private mutating func sku() -> SKU { Self.skus[draw(20) == 0 ? 2 : draw(2)] }
    private mutating func location() -> LocationKey { Self.locations[draw(4) == 0 ? 1 : 0] }
    private mutating func quantity(_ count: UInt64) -> Quantity { .units(1 + draw(count)) }

    private mutating func lines() -> ReservationLines {
        // One point only: which of several lines a refusal names is not specified.
        let line = ReservationLine(sku(), quantity(4), at: location())
        return ReservationLines(draw(3) == 0 ? [line, line] : [line])
    }

    mutating func differences(steps: Int) async throws -> [String] {
        for step in 0..<steps {
            second += Int64(draw(4)) - (draw(10) == 0 ? 2 : 0)
            let (what, call) = nextCall()
            var answers: [String] = []
            for form in forms { answers.append(await Self.answer(call, of: form)) }
            seen.insert(String(answers[0].prefix { $0.isLetter }))
            guard answers[0] == answers[1] else {
                return ["step \(step), \(what): \(answers[0]) on a store, \(answers[1]) with locks"]
            }
        }
        return try await finalDifferences()
    }

    private typealias Call = @Sendable (any InventoryStore) async throws(InventoryError) -> String

    private static func answer(_ call: Call, of inventory: any InventoryStore) async -> String {
        do throws(InventoryError) {
            return try await call(inventory)
        } catch {
            let kind = error.refusal.flatMap { Mirror(reflecting: $0).children.first?.label }
            return "\(kind ?? "failure"): \(error)"
        }
    }

    private mutating func nextCall() -> (String, Call) {
        let time = Timestamp.second(second)
        let id = ReservationID.number(1 + draw(6))
        switch draw(24) {
        case 0...2: return change(at: time)
        case 3, 4: return terms(at: time)
        case 5...9: return reserve(id, at: time)
        case 10...12: return ("allocate \(id)", { i throws(InventoryError) in "\(try await i.allocate(id, at: time))" })
        case 13: return ("release \(id)", { i throws(InventoryError) in "\(try await i.release(id, at: time))" })
        case 14...16: return ("ship \(id)", { i throws(InventoryError) in "\(try await i.ship(id, at: time))" })
        case 17...19: return portion(of: id, at: time)
        case 20:
            let deadline = Timestamp.second(second + Int64(draw(20)))
            return (
                "extend \(id)",
                { i throws(InventoryError) in "\(try await i.extend(id, to: deadline, at: time))" }
            )
        default: return sweepOrFill(at: time)
        }
    }

    private mutating func change(at time: Timestamp) -> (String, Call) {
        let actions: [StockAction] = [
            .restock(quantity(6)), .arrival(quantity(3)), .announcement(Int64(draw(7)) - 2),
            .adjustment(Int64(draw(5)) - 3), .customerReturn(quantity(2)), .damagedReturn(quantity(2)),
            .damage(quantity(2)), .disposal(quantity(2)), .transfer(quantity(4), to: location()), .restock(.one),
        ]
        let change = StockChange(
            id: MovementID(bits: UInt128(1 + draw(80))),
            sku: sku(),
            at: location(),
            actions[draw(UInt64(actions.count))],
            time: time
        )
        return ("record \(change)", { i throws(InventoryError) in "\(try await i.record(change))" })
    }

    private mutating func terms(at time: Timestamp) -> (String, Call) {
        var terms = SaleTerms.unrestricted
        if draw(6) == 0 { terms.opensAt = .second(second + Int64(draw(6)) - 3) }
        if draw(3) == 0 { terms.perMemberLimit = .units(2 + draw(5)) }
        if draw(4) == 0 { terms.maximumPerPurchase = .units(1 + draw(5)) }
        if draw(3) == 0 { terms.safetyStock = SafetyStock(Int64(draw(3))) }
        if draw(2) == 0 { terms.backorders = BackorderTerms(limit: quantity(5), promisedAt: .second(1_000)) }
        let (final, sku) = (terms, Self.skus[draw(2)])
        return ("terms of \(sku)", { i throws(InventoryError) in "\(try await i.setTerms(final, for: sku, at: time))" })
    }

    private mutating func reserve(_ id: ReservationID, at time: Timestamp) -> (String, Call) {
        let request = ReservationRequest(
            id: id,
            lines: lines(),
            member: Self.members[draw(2)],
            allowsBackorder: draw(4) != 0,
            deadline: .second(second + 1 + Int64(draw(60))),
            at: time
        )
        return ("reserve \(request)", { i throws(InventoryError) in "\(try await i.reserve(request))" })
    }

    private mutating func portion(of id: ReservationID, at time: Timestamp) -> (String, Call) {
        let units = lines()
        switch draw(3) {
        case 0:
            return (
                "allocate \(units) of \(id)",
                { i throws(InventoryError) in "\(try await i.allocate(units, of: id, at: time))" }
            )
        case 1:
            return (
                "release \(units) of \(id)",
                { i throws(InventoryError) in "\(try await i.release(units, of: id, at: time))" }
            )
        default:
            return (
                "ship \(units) of \(id)", { i throws(InventoryError) in "\(try await i.ship(units, of: id, at: time))" }
            )
        }
    }

    private mutating func sweepOrFill(at time: Timestamp) -> (String, Call) {
        let limit = 1 + draw(4)
        guard draw(3) > 0 else {
            return ("expire", { i throws(InventoryError) in "\(try await i.expire(dueBy: time, limit: limit))" })
        }
        let point = StockPoint(Self.skus[draw(2)], at: location())
        return (
            "fill \(point)",
            { i throws(InventoryError) in
                let filled = try await i.fillBackorders(of: point, limit: limit, at: time)
                return filled.isEmpty ? "none" : "filled \(filled)"
            }
        )
    }

    /// Stock, open reservations and movements, once nothing overdue is left.
    private func finalDifferences() async throws -> [String] {
        var states: [(stock: [SKU: SKUStock], open: [Reservation], movements: [MovementID: StockMovement])] = []
        for form in forms {
            try await form.expire(dueBy: .second(second), limit: 1_000)
            let movements = try await form.allMovements().map { ($0.id, $0) }
            states.append(
                (
                    try await form.stock(of: Self.skus), try await form.allOpenReservations(),
                    Dictionary(uniqueKeysWithValues: movements)
                )
            )
        }
        var differences: [String] = []
        if states[0].stock != states[1].stock { differences.append("\(states[0].stock), not \(states[1].stock)") }
        if states[0].open != states[1].open { differences.append("\(states[0].open), not \(states[1].open)") }
        if states[0].movements != states[1].movements {
            let missing = states[0].movements.filter { states[1].movements[$0.key] != $0.value }
            differences.append("movements: \(missing) are missing or different")
        }
        return differences
    }
}
