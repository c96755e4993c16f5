import MarketplaceCore
import MarketplaceInventory
import TestSupport
import Testing

/// Sets the stock of a published scenario up in an inventory, does what it says, and compares.
struct PublishedInventoryRun {
    static let sku: SKU = "published"

    let published: PublishedInventoryCase
    let inventory: any InventoryStore

    /// What others have allocated before.
    private let allocated = ReservationID.number(101)
    /// What others hold.
    private let held = ReservationID.number(102)
    private let operation = ReservationID.number(1)
    private let now = Timestamp.second(10)
    private let unlessTold = Timestamp.second(10_000)

    init(_ published: PublishedInventoryCase, _ inventory: any InventoryStore) {
        self.published = published
        self.inventory = inventory
    }

    func check() async throws {
        let others = try await setUp()
        let before = try await stock()
        let refusal = try await refusal { () async throws(InventoryError) in try await perform() }
        switch (published.expected.error, refusal) {
        case (nil, let refusal):
            let isPossible = published.expected.isPossible ?? true
            #expect((refusal == nil) == isPossible, "\(String(describing: refusal))")
        case ("insufficient"?, .insufficientStock?): break
        case (let error?, let refusal): Issue.record("\(error) is not \(String(describing: refusal))")
        }
        try await compare(with: before)
        if let count = published.expected.reservationCount {
            #expect(try await inventory.allOpenReservations().count - others == count)
        }
        if let minutes = published.expected.minutes, case .open(let made)? = try await inventory.reservation(operation)
        {
            #expect(made.deadline == now.advanced(by: .seconds(minutes * 60)))
        } else {
            #expect(published.expected.minutes == nil)
        }
    }

    private func setUp() async throws -> Int {
        for (number, level) in published.levels.enumerated() {
            let id = MovementID(bits: UInt128(number + 1))
            let units = try Quantity(level.onHand)
            try await inventory.record(
                .restock(id: id, sku: Self.sku, quantity: units, location: level.location, at: .second(0))
            )
        }
        let parts = [(allocated, \PublishedInventoryCase.Level.allocated), (held, \.reserved)]
        var count = 0
        for (id, units) in parts {
            let lines = try portion(published.levels.reduce(0) { $0 + $1[keyPath: units] }, of: units)
            guard !lines.isEmpty else { continue }
            count += 1
            try await inventory.reserve(
                ReservationRequest(id: id, lines: lines, member: "others", deadline: unlessTold, at: .second(1))
            )
        }
        if try await inventory.reservation(allocated) != nil {
            try await inventory.allocate(allocated, at: .second(2))
        }
        return count
    }

    private func perform() async throws(InventoryError) {
        switch published.operation {
        case .reserve(let lines):
            try await inventory.reserve(
                ReservationRequest(
                    id: operation,
                    lines: ReservationLines(lines),
                    member: "ann",
                    deadline: unlessTold,
                    at: now
                )
            )
        case .reserveAnywhere(let lines, let minutes): try await place(lines, minutes)
        case .allocateAnywhere(let lines):
            try await place(lines, nil)
            try await inventory.allocate(operation, at: now)
        case .changeReservation(let before, let after):
            try await inventory.release(demand(before - after, of: \.reserved), of: held, at: now)
        case .deallocate(let units):
            try await inventory.release(demand(units, of: \.allocated), of: allocated, at: now)
        case .ship(let units):
            try await inventory.ship(demand(units, of: \.allocated), of: allocated, at: now)
        case .canSupply(let units):
            let stock = try await inventory.stock(of: [Self.sku])
            do throws(InventoryRefusal) {
                _ = try published.strategy.plan([DemandLine(Self.sku, .units(units))], from: stock)
            } catch {
                throw .refused(error)
            }
        case .adjust(let units):
            guard let place = published.levels.first?.location else { return }
            try await inventory.record(
                StockChange(id: MovementID(bits: 900), sku: Self.sku, at: place, .adjustment(units), time: now)
            )
        }
    }

    private func place(_ units: [Int], _ minutes: Int64?) async throws(InventoryError) {
        let request = PlacementRequest(
            id: operation,
            lines: units.map { DemandLine(Self.sku, .units($0)) },
            member: "ann",
            deadline: minutes.map { now.advanced(by: .seconds($0 * 60)) } ?? unlessTold,
            at: now
        )
        try await inventory.reserve(request, placing: published.strategy)
    }

    /// So many units of a part of the levels, from the first level on.
    private func portion(
        _ units: Int64,
        of part: KeyPath<PublishedInventoryCase.Level, Int64>
    ) throws -> ReservationLines {
        var rest = units
        var lines: [ReservationLine] = []
        for level in published.levels {
            let taken = min(rest, level[keyPath: part])
            rest -= taken
            if taken > 0 { lines.append(ReservationLine(Self.sku, try Quantity(taken), at: level.location)) }
        }
        try #require(rest == 0, "the scenario has fewer units than it is about")
        return ReservationLines(lines)
    }

    private func demand(
        _ units: Int64,
        of part: KeyPath<PublishedInventoryCase.Level, Int64>
    ) -> ReservationLines {
        do {
            return try portion(units, of: part)
        } catch {
            Issue.record(error)
            return []
        }
    }

    private func stock() async throws -> SKUStock {
        try #require(try await inventory.stock(of: Self.sku))
    }

    private func compare(with before: SKUStock) async throws {
        let after = try await stock()
        let wanted = published.expected
        for level in before.levels {
            let name = level.location.text
            let now = after.level(at: level.location)
            let isAsWas = wanted.error != nil
            if isAsWas || wanted.onHand != nil { #expect(now.onHand == wanted.onHand?[name] ?? level.onHand) }
            if isAsWas || wanted.allocated != nil {
                #expect(now.allocated == wanted.allocated?[name] ?? level.allocated)
            }
            if isAsWas || wanted.reserved != nil { #expect(now.held == wanted.reserved?[name] ?? level.held) }
        }
    }
}
