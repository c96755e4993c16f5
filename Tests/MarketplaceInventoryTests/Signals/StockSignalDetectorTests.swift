import Foundation
import MarketplaceCore
import MarketplaceInventory
import TestSupport
import Testing

struct StockSignalDetectorTests {
    private let rule = StockSignalRule(lowStockAt: 4, rearmedAt: 6)

    private func movement(
        _ units: Int64,
        at location: LocationKey = .main,
        _ kind: StockMovementKind = .adjustment
    ) -> StockMovement {
        StockMovement(
            id: MovementID(bits: UInt128(UInt64(bitPattern: units))),
            sku: "mug",
            location: location,
            kind: kind,
            deltas: StockDeltas(onHand: units),
            reservation: nil,
            reference: nil,
            time: .second(1)
        )
    }

    /// The signals that a row of changes at one place gives, each with the level.
    private func signals(_ changes: [Int64], _ rule: StockSignalRule, _ safety: SafetyStock = .none) -> [String] {
        var detector = StockSignalDetector()
        return changes.flatMap { detector.take(movement($0), by: rule, safetyStock: safety) }
            .map { "\($0.kind) \($0.before) \($0.available)" }
    }

    @Test func eachCrossingIsToldOnce() {
        #expect(
            signals([10, -5, -1, -1, -3, 2, 8], rule) == [
                "backInStock 0 10", "lowStock 5 4", "outOfStock 3 0", "backInStock 0 2",
            ]
        )
    }

    @Test func aFallFromPlentyToNothingCrossesBoth() {
        #expect(signals([10, -10], rule) == ["backInStock 0 10", "lowStock 10 0", "outOfStock 10 0"])
    }

    @Test func aLevelThatMovesAroundTheThresholdDoesNotChatter() {
        #expect(signals([10, -6, 1, -1, 1, -1, 2, -2], rule) == ["backInStock 0 10", "lowStock 10 4", "lowStock 6 4"])
        let patient = StockSignalRule(backInStockAt: 5)
        #expect(signals([5, -5, 1, -1, 4, 1], patient) == ["backInStock 0 5", "outOfStock 5 0", "backInStock 4 5"])
    }

    @Test func safetyStockIsNotAvailable() {
        #expect(signals([3, 1, -1], .outAndBack, 3) == ["backInStock 0 1", "outOfStock 1 0"])
    }

    @Test func unitsThatOnlyGoElsewhereGiveNoSignal() {
        var detector = StockSignalDetector()
        let first = detector.take(movement(5, at: "east"), by: .outAndBack)
        let left = detector.take(movement(-5, at: "east", .transferOut), by: .outAndBack)
        let came = detector.take(movement(5, at: "west", .transferIn), by: .outAndBack)
        #expect(first.map(\.kind) == [.backInStock] && left.isEmpty && came.isEmpty)
        _ = detector.take(movement(-5, at: "west", .transferOut), by: .outAndBack, safetyStock: SafetyStock(5))
        let kept = detector.take(movement(5, at: "east", .transferIn), by: .outAndBack, safetyStock: SafetyStock(5))
        #expect(kept.map(\.kind) == [.outOfStock])
    }

    @Test func itGoesOnFromWhatIsThere() {
        var detector = StockSignalDetector()
        detector.rebase(on: SKUStock("mug", ["main": 5]), by: rule)
        #expect(detector.take(movement(-1), by: rule).map(\.kind) == [.lowStock])
    }

    @Test func aRuleThatMakesNoSenseIsRaisedToOneThatDoes() {
        let rule = StockSignalRule(lowStockAt: -3, rearmedAt: -9, backInStockAt: 0)
        #expect(rule == StockSignalRule(lowStockAt: 0, rearmedAt: 1, backInStockAt: 1))
        #expect(StockSignalRule(lowStockAt: .max).rearmedAt > InventoryLimits.unitsOnHand)
    }

    @Test func damagedFiguresDoNotTrap() {
        #expect(signals([.max, .max, .min, .min], .outAndBack).count == 2)
    }

    @Test func itSurvivesBeingWrittenDownAtAnyMoment() {
        PropertyRun.check(300) { run in
            var detector = StockSignalDetector()
            var stored = StockSignalDetector()
            for _ in 0..<20 {
                let change = movement(Int64(run.natural(through: 8)) - 4, at: run.element(of: ["east", "west"]))
                let expected = detector.take(change, by: rule)
                #expect(stored.take(change, by: rule) == expected, run.replay)
                stored = try JSONDecoder().decode(StockSignalDetector.self, from: JSONEncoder().encode(stored))
            }
        }
    }

    @Test func theSignalsAreThoseOfAPlainRecomputation() {
        var kinds: Set<StockSignal.Kind> = []
        PropertyRun.check(1_000) { run in
            let safety = SafetyStock(Int64(run.natural(through: 2)), except: ["west": 3])
            let low = Int64(run.natural(through: 5))
            let rule = StockSignalRule(
                lowStockAt: low,
                rearmedAt: low + 1 + Int64(run.natural(through: 2)),
                backInStockAt: 1 + Int64(run.natural(through: 2))
            )
            var detector = StockSignalDetector()
            var onHand: [LocationKey: Int64] = ["east": 0, "west": 0]
            var history: [Int64] = [0]
            for _ in 0..<30 {
                let place: LocationKey = run.element(of: ["east", "west"])
                let units = max(-(onHand[place] ?? 0), Int64(run.natural(through: 8)) - 4)
                onHand[place, default: 0] += units
                history.append(onHand.reduce(0) { $0 + max(0, $1.value - safety[$1.key]) })
                let told = detector.take(movement(units, at: place), by: rule, safetyStock: safety).map(\.kind)
                #expect(Set(told) == recomputed(history, rule), run.replay)
                kinds.formUnion(told)
            }
        }
        if !PropertyRun.isPartial { #expect(kinds.count == StockSignal.Kind.allCases.count) }
    }

    /// What the last level of a history tells, by looking back over all of it.
    private func recomputed(_ history: [Int64], _ rule: StockSignalRule) -> Set<StockSignal.Kind> {
        guard let level = history.last, let low = rule.lowStockAt else { return [] }
        let earlier = history.dropLast()
        var kinds: Set<StockSignal.Kind> = []
        let lastOut = earlier.lastIndex(of: 0) ?? 0
        let lastBack = earlier.lastIndex { $0 >= rule.backInStockAt } ?? -1
        if lastBack > lastOut, level == 0 { kinds.insert(.outOfStock) }
        if lastBack < lastOut, level >= rule.backInStockAt { kinds.insert(.backInStock) }
        let lastLow = earlier.lastIndex { $0 <= low } ?? 0
        let lastArmed = earlier.lastIndex { $0 >= rule.rearmedAt } ?? -1
        if lastArmed > lastLow, level <= low { kinds.insert(.lowStock) }
        return kinds
    }
}
