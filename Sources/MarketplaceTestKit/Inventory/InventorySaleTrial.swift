import MarketplaceCore
import MarketplaceInventory

/// Many buyers of one SKU at once.
struct InventorySaleTrial: Sendable {
    private static let sku: SKU = "sale"
    /// How often a call whose outcome is unknown is made again before the sale ends without a verdict.
    private static let mostRepeats = 20
    /// How many reservations or movements are read at once.
    private static let pageSize = 1_000

    let units: Int
    let buyers: Int
    let inventory: any InventoryStore

    func run() async throws {
        let quantity = try Quantity(units)
        try await inventory.record(.restock(id: MovementID(bits: 1), sku: Self.sku, quantity: quantity, at: .epoch))
        let answers = try await withThrowingTaskGroup(of: InventoryRefusal?.self) { group in
            for number in 1...buyers { group.addTask { try await buy(number) } }
            return try await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        let soldOut = InventoryRefusal.insufficientStock(Self.sku, requested: 1, available: 0)
        let sold = min(units, buyers)
        let expected = [nil: sold, soldOut: buyers - sold].filter { $0.value > 0 }
        try demand(answers == expected, "the answers are \(answers)")
        let level = try await inventory.stock(of: Self.sku).map { [$0.onHand, $0.held, $0.allocated] }
        try demand(level == [Int64(units), Int64(sold), 0], "on hand, held and allocated are \(level ?? [])")
        let open = try await openReservations()
        try demand(open == sold, "\(open) reservations are open")
        let (held, ids) = try await movements()
        try demand(held == sold && ids == sold, "the movements hold \(held) units for \(ids) reservations")
    }

    private func buy(_ number: Int) async throws -> InventoryRefusal? {
        let request = ReservationRequest(
            id: ReservationID(bits: UInt128(number)),
            lines: [ReservationLine(Self.sku, .one)],
            member: try MemberKey("buyer-\(number)"),
            deadline: .distantFuture,
            at: .epoch
        )
        for attempt in 0... {
            do throws(InventoryError) {
                try await inventory.reserve(request)
                return nil
            } catch {
                if case .refused(let refusal) = error { return refusal }
                guard error.effect == .unknown, attempt < Self.mostRepeats else { throw error }
            }
        }
        return nil
    }

    private func openReservations() async throws -> Int {
        var (count, last) = (0, ReservationID?.none)
        repeat {
            let slice = try await inventory.openReservations(after: last, limit: Self.pageSize)
            count += slice.reservations.count
            last = slice.next
        } while last != nil
        return count
    }

    /// How many units all movements hold, and for how many reservations.
    private func movements() async throws -> (held: Int, ids: Int) {
        var (held, ids, cursor) = (Int64(0), Set<ReservationID>(), MovementCursor.start)
        while true {
            let slice = try await inventory.movements(after: cursor, limit: Self.pageSize)
            guard !slice.movements.isEmpty else { return (Int(held), ids.count) }
            held += slice.movements.reduce(0) { $0 + $1.deltas.held }
            ids.formUnion(slice.movements.compactMap(\.reservation))
            cursor = slice.next
        }
    }

    private func demand(_ isSo: Bool, _ reason: @autoclosure () -> String) throws(InventoryTrialFailure) {
        guard !isSo else { return }
        let reason = "\(units) units were sold to \(buyers) buyers, and \(reason())"
        throw InventoryTrialFailure(seed: 0, reason: reason, history: [])
    }
}
