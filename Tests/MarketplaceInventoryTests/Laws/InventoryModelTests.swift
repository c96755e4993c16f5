import MarketplaceCore
import MarketplaceInventory
import TestSupport
import Testing

/// Random histories of one caller, answer for answer against a plain model.
struct InventoryModelTests {
    @Test(arguments: InventoryForm.allCases)
    func everyAnswerIsTheModels(form: InventoryForm) async throws {
        let histories = form == .inMemory ? 1_000 : 250
        var refusals: Set<String> = []
        await PropertyRun.checkAsync(histories) { run in
            var walk = InventoryWalk(form: form, seed: run.seed)
            try await walk.run(steps: 80)
            refusals.formUnion(walk.refusalKinds)
            if walk.hasFailed { Issue.record(run.replay) }
        }
        // The histories are worth something only if they come by all of these.
        if PropertyRun.isReplay { return }
        let wanted = ["insufficientStock", "memberLimit", "expired", "released", "alreadyShipped", "unknownSKU"]
        for kind in wanted { #expect(refusals.contains(kind), "never refused with \(kind)") }
    }
}

/// One random history.
struct InventoryWalk {
    private static let skus: [SKU] = ["mug", "pen", "cup", "hat"]
    private static let members: [MemberKey] = ["ann", "bob", "eve"]

    private let inventory: any InventoryStore
    private var model = InventoryModel()
    private var generator: SeededGenerator
    private var second: Int64 = 0
    private(set) var refusalKinds: Set<String> = []
    private(set) var hasFailed = false

    init(form: InventoryForm, seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        inventory = form.make(seed: seed)
    }

    private mutating func draw(_ count: UInt64) -> Int { Int(generator.next(through: count - 1)) }

    private mutating func check(_ isTrue: Bool, _ what: @autoclosure () -> String) {
        guard !isTrue, !hasFailed else { return }
        hasFailed = true
        Issue.record("\(what())")
    }

    mutating func run(steps: Int) async throws {
        for _ in 0..<steps where !hasFailed {
            second += Int64(draw(3))
            let time = Timestamp.second(second)
            model.settle(at: time)
            let id = ReservationID.number(1 + draw(12))
            switch draw(14) {
            case 0: try await receive(at: time)
            case 1: try await setTerms(at: time)
            case 2...6: try await reserve(id, at: time)
            case 7, 8: try await allocate(id, at: time)
            case 9: try await release(id, at: time)
            case 10...12: try await ship(id, at: time)
            default: try await inventory.expire(dueBy: time, limit: 1 + draw(3))
            }
        }
        if !hasFailed { try await compareAll() }
    }

    private mutating func receive(at time: Timestamp) async throws {
        let id = MovementID(bits: UInt128(1 + draw(20)))
        let sku = Self.skus[draw(3)]
        let quantity = try Quantity(1 + draw(6))
        let answer = try await refusal { () async throws(InventoryError) in
            try await inventory.record(.restock(id: id, sku: sku, quantity: quantity, at: time))
        }
        if let known = model.receipts[id] {
            let isSame = known == (sku, Int64(quantity.value))
            check(answer == (isSame ? nil : .changeMismatch(id)), "receipt \(id): \(String(describing: answer))")
        } else {
            check(answer == nil, "receipt \(id): \(String(describing: answer))")
            model.receipts[id] = (sku, Int64(quantity.value))
            model.onHand[sku, default: 0] += Int64(quantity.value)
        }
    }

    private mutating func setTerms(at time: Timestamp) async throws {
        let sku = Self.skus[draw(3)]
        var terms = SaleTerms.unrestricted
        if draw(4) == 0 { terms.opensAt = .second(second + Int64(draw(6)) - 3) }
        if draw(4) == 0 { terms.closesAt = .second(second + 5 + Int64(draw(20))) }
        if draw(2) == 0 { terms.perMemberLimit = try Quantity(1 + draw(5)) }
        if draw(4) == 0 { terms.maximumPerPurchase = try Quantity(1 + draw(4)) }
        try await inventory.setTerms(terms, for: sku, at: time)
        model.set(terms, for: sku)
    }

    private mutating func reserve(_ id: ReservationID, at time: Timestamp) async throws {
        var lines: [ReservationLine] = []
        for _ in 0...draw(3) {
            let sku = Self.skus[draw(40) == 0 ? 3 : draw(3)]
            lines.append(ReservationLine(sku, try Quantity(1 + draw(3))))
        }
        let request = ReservationRequest(
            id: id,
            lines: ReservationLines(lines),
            member: Self.members[draw(3)],
            deadline: .second(second + 1 + Int64(draw(12))),
            at: time
        )
        let justified = model.refusals(of: request)
        let answer = try await refusal { () async throws(InventoryError) in try await inventory.reserve(request) }
        if let answer {
            note(answer)
            check(justified.contains(answer), "\(answer), but justified are \(justified)")
        } else {
            check(justified.isEmpty, "granted, but there are \(justified)")
            model.grant(request)
        }
    }

    private mutating func allocate(_ id: ReservationID, at time: Timestamp) async throws {
        let answer = try await refusal { () async throws(InventoryError) in
            try await inventory.allocate(id, at: time)
        }
        guard let entry = model.entries[id] else {
            return check(answer == .unknownReservation(id), "allocate \(id): \(String(describing: answer))")
        }
        note(answer)
        switch entry.state {
        case .held: model.entries[id]?.state = .allocated
        case .allocated, .shipped: break
        case .released: return check(answer == .released(id), "allocate \(id): \(String(describing: answer))")
        case .expired:
            let expected = InventoryRefusal.expired(id, deadline: entry.deadline)
            return check(answer == expected, "allocate \(id): \(String(describing: answer))")
        }
        check(answer == nil, "allocate \(id): \(String(describing: answer))")
    }

    private mutating func release(_ id: ReservationID, at time: Timestamp) async throws {
        let expected: ReleaseOutcome?
        switch model.entries[id]?.state {
        case nil:
            expected = .neverReserved
            model.forestall(id, at: time)
        case .held, .allocated:
            expected = .released
            model.entries[id]?.state = .released
        case .released: expected = model.entries[id]?.wasMade == true ? .released : .neverReserved
        case .expired: expected = .expired
        case .shipped: expected = nil
        }
        var outcome: ReleaseOutcome?
        let answer = try await refusal { () async throws(InventoryError) in
            outcome = try await inventory.release(id, at: time)
        }
        note(answer)
        check(
            outcome == expected,
            "release \(id): \(String(describing: outcome ?? nil)), not \(String(describing: expected))"
        )
        check(answer == (expected == nil ? .alreadyShipped(id) : nil), "release \(id): \(String(describing: answer))")
    }

    private mutating func ship(_ id: ReservationID, at time: Timestamp) async throws {
        let answer = try await refusal { () async throws(InventoryError) in try await inventory.ship(id, at: time) }
        let expected: InventoryRefusal?
        switch model.entries[id]?.state {
        case nil: expected = .unknownReservation(id)
        case .held: expected = .notAllocated(id)
        case .allocated:
            expected = nil
            let demand = model.entries[id]?.demand ?? [:]
            for (sku, units) in demand { model.onHand[sku, default: 0] -= units }
            model.entries[id]?.state = .shipped
        case .shipped: expected = nil
        case .released: expected = .released(id)
        case .expired: expected = .expired(id, deadline: model.entries[id]?.deadline ?? time)
        }
        note(answer)
        check(answer == expected, "ship \(id): \(String(describing: answer)), not \(String(describing: expected))")
    }

    private mutating func note(_ refusal: InventoryRefusal?) {
        switch refusal {
        case .insufficientStock: refusalKinds.insert("insufficientStock")
        case .memberLimit: refusalKinds.insert("memberLimit")
        case .expired: refusalKinds.insert("expired")
        case .released: refusalKinds.insert("released")
        case .alreadyShipped: refusalKinds.insert("alreadyShipped")
        case .unknownSKU: refusalKinds.insert("unknownSKU")
        default: break
        }
    }

    /// Levels, open reservations and sums of movements, once nothing overdue is left.
    private mutating func compareAll() async throws {
        try await inventory.expire(dueBy: .second(second), limit: 1_000)
        for sku in Self.skus {
            let figures = try await inventory.figures(sku)
            let expected = model.onHand[sku].map { [$0, model.sum(sku, in: .held), model.sum(sku, in: .allocated)] }
            check(figures == expected, "\(sku): \(String(describing: figures)), not \(String(describing: expected))")
        }
        let open = try await inventory.allOpenReservations(pageSize: 3)
        let expected = model.entries.filter { !$0.value.state.isEnded }
        check(open.map(\.id) == expected.keys.sorted(), "open: \(open.map(\.id))")
        for violation in try await inventory.auditViolations() { check(false, violation) }
    }
}
