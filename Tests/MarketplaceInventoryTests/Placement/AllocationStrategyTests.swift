import MarketplaceCore
import MarketplaceInventory
import TestSupport
import Testing

struct AllocationStrategyTests {
    private let mugs = ["mug": SKUStock("mug", ["east": 4, "north": 4, "west": 7])] as [SKU: SKUStock]

    private func places(_ strategy: AllocationStrategy, _ units: Int) throws -> [String] {
        try strategy.plan([DemandLine("mug", .units(units))], from: mugs).lines.map { "\($0.location) \($0.quantity)" }
    }

    @Test func aPriorityIsFollowedAndNoOtherPlaceIsUsed() throws {
        #expect(try places(.priority(["north", "east"]), 6) == ["north 4", "east 2"])
        #expect(throws: InventoryRefusal.insufficientStock("mug", requested: 9, available: 8)) {
            try places(.priority(["north", "east"]), 9)
        }
    }

    @Test func mostStockTakesTheFullestPlaceAndTiesGoByTheKey() throws {
        #expect(try places(.mostStock, 9) == ["west 7", "east 2"])
    }

    @Test func nearestTakesTheLeastCostAndLeavesOutWhatHasNone() throws {
        #expect(try places(.nearest(cost: ["west": 30, "north": 10]), 5) == ["north 4", "west 1"])
        #expect(throws: InventoryRefusal.insufficientStock("mug", requested: 12, available: 11)) {
            try places(.nearest(cost: ["west": 30, "north": 10]), 12)
        }
    }

    @Test func fewestParcelsLooksAtTheWholeOrder() throws {
        let stock: [SKU: SKUStock] = [
            "mug": SKUStock("mug", ["east": 5, "west": 9]), "pen": SKUStock("pen", ["east": 5, "north": 90]),
        ]
        let order = [DemandLine("mug", .units(5)), DemandLine("pen", .units(5))]
        let plan = try AllocationStrategy.fewestParcels.plan(order, from: stock)
        #expect(Set(plan.lines.map(\.location)) == ["east"])
        #expect(try Set(AllocationStrategy.mostStock.plan(order, from: stock).lines.map(\.location)).count == 2)
    }

    @Test func fewestParcelsBreaksTiesByItsStrategy() throws {
        #expect(try places(.fewestParcels(by: .priority(["north", "east", "west"])), 3) == ["north 3"])
        #expect(try places(.fewestParcels, 3) == ["west 3"])
    }

    @Test func aFunctionOfTheCallersRanksThePlaces() throws {
        let strategy = AllocationStrategy.ranked { offer in offer.places.map(\.location).reversed() }
        #expect(try places(strategy, 8) == ["west 7", "north 1"])
    }

    @Test func whatIsNowhereGoesToTheFirstPlaceWhenBackordersArePermitted() throws {
        let plan = try AllocationStrategy.priority(["north", "east"])
            .plan([DemandLine("mug", .units(10))], from: mugs, allowsBackorder: true)
        #expect(plan.lines.map { "\($0.location) \($0.quantity)" } == ["north 6", "east 4"])
        #expect(plan.missing == [StockPoint("mug", at: "north"): 2])
    }

    @Test func whatNeverWasAnywhereIsBackorderedAtTheMainPlace() throws {
        let plan = try AllocationStrategy.mostStock
            .plan([DemandLine("mug", .one)], from: ["mug": SKUStock("mug", [:])], allowsBackorder: true)
        #expect(plan.missing == [StockPoint("mug"): 1])
    }

    @Test func linesOfOneSKUCountTogether() {
        #expect(throws: InventoryRefusal.insufficientStock("mug", requested: 16, available: 15)) {
            let lines = [DemandLine("mug", .units(8)), DemandLine("mug", .units(8))]
            _ = try AllocationStrategy.mostStock.plan(lines, from: mugs)
        }
    }

    @Test func nonsenseIsRefused() {
        #expect(throws: InventoryRefusal.emptyRequest) { try AllocationStrategy.mostStock.plan([], from: mugs) }
        #expect(throws: InventoryRefusal.unknownSKU("pen")) {
            try AllocationStrategy.mostStock.plan([DemandLine("pen", .one)], from: mugs)
        }
        #expect(throws: InventoryRefusal.tooManyLines(1_001, maximum: 1_000)) {
            let lines = (0...1_000).map { DemandLine(sku($0), .one) }
            _ = try AllocationStrategy.mostStock.plan(lines, from: mugs)
        }
    }
}
