import MarketplaceCore
import MarketplaceInventory
import TestSupport
import Testing

struct AllocationPropertyTests {
    /// A random order and stock: few SKUs, up to `places` locations.
    private func problem(_ run: inout PropertyRun, places: Int) -> ([DemandLine], [SKU: SKUStock]) {
        var lines: [DemandLine] = []
        var stock: [SKU: SKUStock] = [:]
        let count = 1 + run.natural(through: places - 1)
        for number in 0...run.natural(through: 3) {
            var levels: [StockLevel] = []
            for place in 0..<count where run.natural(through: 2) > 0 {
                let units = Int64(run.natural(through: 6))
                levels.append(StockLevel(sku: sku(number), location: location(place), onHand: units))
            }
            stock[sku(number)] = SKUStock(sku: sku(number), levels: levels)
            lines.append(DemandLine(sku(number), .units(1 + run.natural(through: 12))))
        }
        return (lines, stock)
    }

    private func location(_ number: Int) -> LocationKey { LocationKey(stringLiteral: "place-\(number)") }

    @Test func everyPlanIsWhatIsWantedAndNoMoreThanThereIs() {
        PropertyRun.check(1_000) { run in
            let (lines, stock) = problem(&run, places: 6)
            for strategy in [AllocationStrategy.mostStock, .fewestParcels, .priority((0..<6).map(location))] {
                let plan = try? strategy.plan(lines, from: stock)
                let isEnough = lines.allSatisfy { line in
                    (stock[line.sku]?.available ?? 0) >= Int64(line.quantity.value)
                }
                #expect((plan != nil) == isEnough, run.replay)
                guard let plan else { continue }
                for line in lines {
                    let taken = plan.lines.filter { $0.sku == line.sku }
                    #expect(taken.reduce(0) { $0 + $1.quantity.value } == line.quantity.value, run.replay)
                    for part in taken {
                        let there = stock[line.sku]?.level(at: part.location).available ?? 0
                        #expect(Int64(part.quantity.value) <= there, run.replay)
                    }
                }
                let reversed = try strategy.plan(lines.reversed(), from: stock)
                #expect(reversed == plan, run.replay)
            }
        }
    }

    @Test func noSmallerSetOfPlacesHasTheOrder() {
        var sizes: Set<Int> = []
        PropertyRun.check(1_000) { run in
            let (lines, stock) = problem(&run, places: 8)
            guard let plan = try? AllocationStrategy.fewestParcels.plan(lines, from: stock) else { return }
            let used = Set(plan.lines.map(\.location))
            var fewest = Int.max
            for subset in 0..<(1 << 8) where subset.nonzeroBitCount < fewest {
                let places = (0..<8).filter { subset & 1 << $0 != 0 }.map(location)
                let suffices = lines.allSatisfy { line in
                    places.reduce(0) { $0 + (stock[line.sku]?.level(at: $1).available ?? 0) }
                        >= Int64(line.quantity.value)
                }
                if suffices { fewest = subset.nonzeroBitCount }
            }
            #expect(used.count == fewest, run.replay)
            sizes.insert(fewest)
        }
        if !PropertyRun.isPartial { #expect(sizes.isSuperset(of: [1, 2, 3, 4])) }
    }

    @Test func beyondTheExactBoundTheAnswerHasNoNeedlessPlace() {
        PropertyRun.check(100) { run in
            let (lines, stock) = problem(&run, places: 40)
            guard let plan = try? AllocationStrategy.fewestParcels.plan(lines, from: stock) else { return }
            let used = Set(plan.lines.map(\.location))
            for place in used {
                let others = AllocationStrategy.priority(Array(used.subtracting([place])).sorted())
                #expect(throws: InventoryRefusal.self, run.replay) { try others.plan(lines, from: stock) }
            }
        }
    }

    @Test func ofAsSmallSetsTheFirstByRankIsTaken() {
        PropertyRun.check(500) { run in
            let (lines, stock) = problem(&run, places: 6)
            let order = (0..<6).map(location).shuffled(using: &run.generator)
            guard let plan = try? AllocationStrategy.fewestParcels(by: .priority(order)).plan(lines, from: stock) else {
                return
            }
            let used = Set(plan.lines.map(\.location))
            let ranks = order.indices.filter { used.contains(order[$0]) }
            for subset in 0..<(1 << 6) where subset.nonzeroBitCount == used.count {
                let others = order.indices.filter { subset & 1 << $0 != 0 }
                guard others.lexicographicallyPrecedes(ranks) else { continue }
                let strategy = AllocationStrategy.priority(others.map { order[$0] })
                #expect(throws: InventoryRefusal.self, run.replay) { try strategy.plan(lines, from: stock) }
            }
        }
    }
}
