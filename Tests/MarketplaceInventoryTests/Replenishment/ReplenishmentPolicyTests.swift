import Foundation
import MarketplaceCore
import MarketplaceInventory
import TestSupport
import Testing

struct ReplenishmentPolicyTests {
    private func level(
        _ onHand: Int64,
        held: Int64 = 0,
        allocated: Int64 = 0,
        backordered: Int64 = 0,
        incoming: Int64 = 0
    ) -> StockLevel {
        StockLevel(
            sku: "mug",
            onHand: onHand,
            held: held,
            allocated: allocated,
            backordered: backordered,
            incoming: incoming
        )
    }

    @Test func theStandardPolicyOrdersUpTo100WhenFewerThan20AreLeft() throws {
        let policy = ReplenishmentPolicy.standard
        #expect(try policy.proposal(for: level(20)) == nil)
        let proposal = try #require(try policy.proposal(for: level(19)))
        #expect(proposal.quantity == 81 && proposal.wanted == 81 && proposal.adjustments.isEmpty)
        #expect(proposal.shortfall == 1 && proposal.positionAfterwards == 100)
        #expect(!proposal.isUrgent && !proposal.needsAnotherOrder)
        #expect(try policy.proposal(for: level(5))?.isUrgent == true)
    }

    @Test func holdsAndAllocationsAreNotCountedOnAndIncomingUnitsAre() throws {
        let policy = ReplenishmentPolicy.standard
        let held = try #require(try policy.proposal(for: level(40, held: 15, allocated: 10)))
        #expect(held.position == 15 && held.quantity == 85)
        #expect(try policy.proposal(for: level(40, held: 15, allocated: 10, incoming: 5)) == nil)
        let some = try #require(try policy.proposal(for: level(4, incoming: 10)))
        #expect(some.position == 14 && some.quantity == 86)
        // What is incoming cannot be sold yet.
        #expect(some.isUrgent)
    }

    @Test func anOrderIsRaisedToTheLeastAndLoweredToTheMost() throws {
        let policy = try ReplenishmentPolicy(
            reorderPoint: 20,
            safetyStock: 5,
            orderSize: .upTo(level: 22),
            minimumOrder: 10,
            maximumOrder: 25,
            packSize: 6
        )
        let small = try #require(try policy.proposal(for: level(18)))
        #expect(small.wanted == 4 && small.quantity == 12)
        #expect(small.adjustments == [.raisedToMinimum, .roundedUpToPack])
        let large = try #require(try policy.proposal(for: level(-30)))
        #expect(large.wanted == 52 && large.quantity == 24 && large.adjustments == [.loweredToMaximum])
        #expect(large.needsAnotherOrder)
    }

    @Test func asManyBatchesAreOrderedAsReachTheReorderPoint() throws {
        let policy = try ReplenishmentPolicy(reorderPoint: 100, safetyStock: 0, orderSize: .batches(of: 30))
        #expect(try policy.proposal(for: level(99))?.quantity == 30)
        #expect(try policy.proposal(for: level(70))?.quantity == 30)
        #expect(try policy.proposal(for: level(69))?.quantity == 60)
    }

    @Test func aPolicyThatContradictsItselfIsRefused() {
        func refusal(
            _ reorderPoint: Int64,
            _ safetyStock: Int64,
            _ size: ReplenishmentOrderSize,
            _ bounds: (Int64, Int64, Int64) = (1, 100, 1)
        ) -> ReplenishmentRefusal? {
            thrownError { () throws(ReplenishmentRefusal) in
                _ = try ReplenishmentPolicy(
                    reorderPoint: reorderPoint,
                    safetyStock: safetyStock,
                    orderSize: size,
                    minimumOrder: bounds.0,
                    maximumOrder: bounds.1,
                    packSize: bounds.2
                )
            }
        }
        let size = ReplenishmentOrderSize.batches(of: 1)
        #expect(refusal(-1, 0, size) == .negative(.reorderPoint))
        #expect(refusal(.max, 0, size) == .tooLarge(.reorderPoint))
        #expect(refusal(0, -1, size) == .negative(.safetyStock))
        #expect(refusal(0, .max, size) == .tooLarge(.safetyStock))
        #expect(refusal(0, 0, size, (0, 1, 1)) == .notPositive(.minimumOrder))
        #expect(refusal(0, 0, size, (1, 1, 0)) == .notPositive(.packSize))
        #expect(refusal(0, 0, size, (1, .max, 1)) == .tooLarge(.orderQuantity))
        #expect(refusal(0, 0, size, (5, 9, 10)) == .noPossibleOrder(minimum: 5, maximum: 9, pack: 10))
        #expect(refusal(0, 0, size, (15, 19, 10)) == .noPossibleOrder(minimum: 15, maximum: 19, pack: 10))
        #expect(refusal(0, 0, .batches(of: 0)) == .notPositive(.orderQuantity))
        #expect(refusal(0, 0, .batches(of: .max)) == .tooLarge(.orderQuantity))
        #expect(refusal(9, 0, .upTo(level: 8)) == .levelBelowReorderPoint(level: 8, reorderPoint: 9))
        #expect(refusal(9, 0, .upTo(level: .max)) == .tooLarge(.orderQuantity))
    }

    @Test func figuresThatNoInventoryHasAreRefused() {
        let policy = ReplenishmentPolicy.standard
        #expect(throws: ReplenishmentRefusal.negative(.incoming)) { try policy.proposal(for: level(1, incoming: -1)) }
        #expect(throws: ReplenishmentRefusal.tooLarge(.incoming)) { try policy.proposal(for: level(1, incoming: .max)) }
        #expect(throws: ReplenishmentRefusal.tooLarge(.stock)) { try policy.proposal(for: level(.min)) }
        #expect(throws: ReplenishmentRefusal.tooLarge(.stock)) {
            try policy.proposal(for: level(1, held: .max, allocated: .max))
        }
    }

    @Test func everyProposalKeepsItsPolicy() {
        PropertyRun.check { run throws in
            let pack = Int64(1 + run.natural(through: 12))
            let minimum = Int64(1 + run.natural(through: 50))
            let maximum = minimum + pack + Int64(run.natural(through: 200))
            let reorderPoint = Int64(run.natural(through: 100))
            let isLevel = run.natural(through: 1) == 0
            let size = Int64(1 + run.natural(through: 80))
            let policy = try ReplenishmentPolicy(
                reorderPoint: reorderPoint,
                safetyStock: Int64(run.natural(through: 20)),
                orderSize: isLevel ? .upTo(level: reorderPoint + size) : .batches(of: size),
                minimumOrder: minimum,
                maximumOrder: maximum,
                packSize: pack
            )
            var level = level(
                Int64(run.natural(through: 150)),
                held: Int64(run.natural(through: 20)),
                allocated: Int64(run.natural(through: 20)),
                backordered: Int64(run.natural(through: 10)),
                incoming: Int64(run.natural(through: 50))
            )
            let position = level.unpromised + level.incoming - level.backordered
            guard let proposal = try policy.proposal(for: level) else {
                #expect(position >= reorderPoint, run.replay)
                return
            }
            #expect(position < reorderPoint, run.replay)
            #expect((minimum...maximum).contains(proposal.quantity), run.replay)
            #expect(proposal.quantity.isMultiple(of: pack), run.replay)
            #expect(proposal.adjustments.isEmpty == (proposal.quantity == proposal.wanted), run.replay)
            if !proposal.adjustments.contains(.loweredToMaximum) {
                // As much as was wanted, and no pack more than that or than the least order needs.
                #expect(proposal.quantity >= proposal.wanted, run.replay)
                #expect(proposal.quantity - pack < max(proposal.wanted, minimum), run.replay)
                // Once the order is on its way, there is nothing to propose.
                level.incoming += proposal.quantity
                #expect(try policy.proposal(for: level) == nil, run.replay)
            }
        }
    }

    @Test func aStoredPolicyIsCheckedWhenItIsRead() throws {
        let policy = ReplenishmentPolicy.standard
        let text = try JSONEncoder().encode(policy)
        #expect(try JSONDecoder().decode(ReplenishmentPolicy.self, from: text) == policy)
        let broken = String(decoding: text, as: UTF8.self)
            .replacingOccurrences(of: "\"packSize\":1", with: "\"packSize\":0")
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(ReplenishmentPolicy.self, from: Data(broken.utf8))
        }
    }
}
