import MarketplaceCore
import MarketplaceStorage
import TestSupport
import Testing

@testable import MarketplaceInventory

/// The decisions on rows as functions: no table, no lock, no waiting.
struct StockDecisionTests {
    private static let mug = StockPoint("mug")

    private static func request(
        _ number: Int,
        _ lines: ReservationLines,
        member: MemberKey = "ann",
        at second: Int64 = 1,
        until deadline: Int64 = 61
    ) -> ReservationRequest {
        ReservationRequest(
            id: .number(number),
            lines: lines,
            member: member,
            deadline: .second(deadline),
            at: .second(second)
        )
    }

    /// Ten mugs, of which a member may have three.
    private static func shelf(_ terms: SaleTerms = SaleTerms(perMemberLimit: .units(3))) throws -> StockDecision {
        let query = StockTableQuery(
            skus: ["mug"],
            points: [mug, StockPoint("mug", at: "depot")],
            counts: [MemberCountKey("mug", "ann")],
            reservations: [.number(1), .number(2)],
            changes: [MovementID(bits: 1)]
        )
        var decision = StockDecision(on: StockTableRows(), of: query)
        _ = try decision.record(.restock(id: MovementID(bits: 1), sku: "mug", quantity: .units(10), at: .second(0)))
        decision.setTerms(terms, for: "mug")
        return StockDecision(on: decision.rows, of: query)
    }

    @Test func aReservationIsABookALevelACountAndAMovement() throws {
        var decision = try Self.shelf()
        let reservation = try decision.reserve(Self.request(1, [ReservationLine("mug", .units(2))]))
        let write = decision.write([])
        #expect(reservation.state == .held)
        #expect(write.items == [])
        #expect(write.levels == [StockLevelRow(Self.mug, StockDeltas(onHand: 10, held: 2))])
        let key = MemberCountKey("mug", "ann")
        #expect(write.counts == [MemberCountRow(key, limitGeneration: 1, units: 2)])
        #expect(write.reservations.map(\.id) == [.number(1)])
        #expect(write.changes == [])
        #expect(write.movements.map(\.kind) == [.reservation])
        #expect(write.movements.map(\.deltas) == [StockDeltas(held: 2)])
    }

    @Test func aRefusalWritesNothing() throws {
        var decision = try Self.shelf()
        let many = Self.request(1, [ReservationLine("mug", .units(4))])
        #expect(
            thrownError { () throws(InventoryRefusal) in _ = try decision.reserve(many) }
                == .memberLimit("mug", limit: 3, alreadyTaken: 0, requested: 4)
        )
        let strange = Self.request(1, [ReservationLine("mug", .one), ReservationLine("pen", .one)])
        #expect(
            thrownError { () throws(InventoryRefusal) in _ = try decision.reserve(strange) } == .unknownSKU("pen")
        )
        let elsewhere = Self.request(1, [ReservationLine("mug", .one), ReservationLine("mug", .one, at: "depot")])
        #expect(
            thrownError { () throws(InventoryRefusal) in _ = try decision.reserve(elsewhere) }
                == .insufficientStock("mug", requested: 1, available: 0)
        )
        #expect(!decision.hasChanges)
        #expect(decision.write([]) == StockTableWrite())
    }

    @Test func aRepetitionWritesNothing() throws {
        var decision = try Self.shelf()
        let request = Self.request(1, [ReservationLine("mug", .one)])
        let first = try decision.reserve(request)
        let rows = decision.rows
        #expect(try decision.reserve(request) == first)
        #expect(decision.rows == rows)
        #expect(decision.movements.count == 1)
        let other = Self.request(1, [ReservationLine("mug", .one)], member: "bob")
        #expect(
            thrownError { () throws(InventoryRefusal) in _ = try decision.reserve(other) }
                == .reservationMismatch(.number(1))
        )
    }

    @Test func anOverdueHoldEndsEvenWhenTheCallIsRefused() throws {
        var decision = try Self.shelf()
        _ = try decision.reserve(Self.request(1, [ReservationLine("mug", .units(2))], until: 5))
        decision = StockDecision(on: decision.rows, of: StockTableQuery())
        let refusal = thrownError { () throws(InventoryRefusal) in
            _ = try decision.change(.number(1), at: .second(5)) { book throws(InventoryRefusal) in
                try book.allocate(.everything, at: .second(5))
            }
        }
        #expect(refusal == .expired(.number(1), deadline: .second(5)))
        let write = decision.write([])
        #expect(write.movements.map(\.kind) == [.expiry])
        #expect(write.levels == [StockLevelRow(Self.mug, StockDeltas(onHand: 10))])
        #expect(write.counts.map(\.units) == [0])
        #expect(write.reservations.map(\.state) == [.expired])
    }

    @Test func unitsThatComeBackDoNotCountTowardsALaterLimit() throws {
        var decision = try Self.shelf()
        _ = try decision.reserve(Self.request(1, [ReservationLine("mug", .units(2))]))
        decision.setTerms(.unrestricted, for: "mug")
        decision.setTerms(SaleTerms(perMemberLimit: .units(2)), for: "mug")
        _ = try decision.reserve(Self.request(2, [ReservationLine("mug", .units(2))]))
        _ = try decision.change(.number(1), at: .second(2)) { book throws(InventoryRefusal) in
            try book.release(.everything, at: .second(2))
        }
        let key = MemberCountKey("mug", "ann")
        #expect(decision.rows.counts[key] == MemberCountRow(key, limitGeneration: 2, units: 2))
    }

    @Test func aTransferThatCannotArriveTakesNothing() throws {
        var decision = try Self.shelf()
        let transfer = StockChange(
            id: MovementID(bits: 2),
            sku: "mug",
            .transfer(.units(11), to: "depot"),
            time: .second(1)
        )
        #expect(
            thrownError { () throws(InventoryRefusal) in _ = try decision.record(transfer) }
                == .insufficientUnits(Self.mug, .unpromised, requested: 11, present: 10)
        )
        #expect(!decision.hasChanges)
    }

    @Test func whatWasNotReadIsNotDecidedOn() throws {
        var decision = try Self.shelf()
        _ = try decision.reserve(Self.request(1, [ReservationLine("mug", .one)]))
        let narrow = StockDecision(on: decision.rows, of: StockTableQuery(reservations: [.number(1)]))
        #expect(decision.covers(.number(1)))
        #expect(!narrow.covers(.number(1)))
        #expect(narrow.covers(.number(7)))
        let ofAnotherMember = StockTableQuery(
            skus: ["mug"],
            points: [Self.mug],
            counts: [MemberCountKey("mug", "bob")],
            reservations: [.number(1)]
        )
        #expect(!StockDecision(on: decision.rows, of: ofAnotherMember).covers(.number(1)))
    }
}
