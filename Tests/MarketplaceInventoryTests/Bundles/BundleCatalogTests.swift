import MarketplaceCore
import MarketplaceInventory
import TestSupport
import Testing

struct BundleCatalogTests {
    private func catalog() throws -> BundleCatalog {
        try BundleCatalog([
            StockBundle("hamper", of: [DemandLine("gift", .units(2)), DemandLine("wine", .one)]),
            StockBundle("gift", of: [DemandLine("mug", .one), DemandLine("tea", .units(3))]),
        ])
    }

    @Test func aBundleWithinABundleCountsWithItsComponents() throws {
        let catalog = try catalog()
        let components = catalog.components(of: "hamper").map { "\($0.sku) \($0.units)" }
        #expect(components == ["mug 2", "tea 6", "wine 1"])
        #expect(catalog.isBundle("gift") && !catalog.isBundle("mug"))
        #expect(catalog.components(of: "mug").map(\.units) == [1])
    }

    @Test func linesAreExpandedAndSummed() throws {
        let lines = [DemandLine("hamper", .units(2)), DemandLine("gift", .one), DemandLine("tea", .units(5))]
        let expanded = try catalog().expanded(lines).map { "\($0.sku) \($0.quantity)" }
        #expect(expanded == ["mug 5", "tea 20", "wine 2"])
    }

    @Test func whatOthersOfTheOrderTakeIsNotSoldTwice() throws {
        let stock: [SKU: SKUStock] = [
            "mug": SKUStock("mug", ["east": 3, "west": 4]), "tea": SKUStock("tea", ["east": 20]),
            "wine": SKUStock("wine", ["east": 9]),
        ]
        let catalog = try catalog()
        #expect(try catalog.sellableUnits(of: "hamper", from: stock) == 3)
        #expect(try catalog.sellableUnits(of: "hamper", from: stock, at: "east") == 1)
        let others = [DemandLine("gift", .units(2)), DemandLine("tea", .units(3))]
        #expect(try catalog.sellableUnits(of: "hamper", from: stock, besides: others) == 1)
        #expect(try catalog.sellableUnits(of: "mug", from: stock, besides: [DemandLine("mug", .units(9))]) == 0)
        #expect(try catalog.sellableUnits(of: "hamper", from: [:]) == 0)
    }

    @Test func bundlesThatMakeNoSenseAreRefused() {
        #expect(throws: BundleRefusal.noComponents("a")) { try StockBundle("a", of: []) }
        #expect(throws: BundleRefusal.duplicateComponent("a", "b")) {
            try StockBundle("a", of: [DemandLine("b", .one), DemandLine("c", .one), DemandLine("b", .units(2))])
        }
        #expect(throws: BundleRefusal.cycle(["a"])) { try StockBundle("a", of: [DemandLine("a", .one)]) }
        #expect(throws: BundleRefusal.tooManyComponents("a", 101, maximum: 100)) {
            try StockBundle("a", of: (0...100).map { DemandLine(sku($0), .one) })
        }
        #expect(throws: BundleRefusal.duplicateBundle("a")) {
            let bundle = try StockBundle("a", of: [DemandLine("b", .one)])
            _ = try BundleCatalog([bundle, bundle])
        }
    }

    @Test func bundlesThatContainEachOtherAreNamed() throws {
        let bundles = try [("a", "b"), ("b", "c"), ("c", "b"), ("d", "e")].map { outer, inner in
            try StockBundle(SKU(stringLiteral: outer), of: [DemandLine(SKU(stringLiteral: inner), .one)])
        }
        #expect(throws: BundleRefusal.cycle(["b", "c"])) { try BundleCatalog(bundles) }
    }

    @Test func numbersThatAreTooLargeAreRefused() throws {
        let most = try Quantity(Quantity.maximum)
        let inner = try StockBundle("b", of: [DemandLine("c", most)])
        let outer = try StockBundle("a", of: [DemandLine("b", most)])
        #expect(throws: BundleRefusal.tooManyUnits("c", maximum: InventoryLimits.unitsOnHand)) {
            try BundleCatalog([inner, outer])
        }
        let catalog = try BundleCatalog([inner])
        #expect(try catalog.expanded([DemandLine("b", .units(1_000))]).count == 1_000)
        #expect(throws: BundleRefusal.tooManyLines(1_001, maximum: 1_000)) {
            try catalog.expanded([DemandLine("b", .units(1_001))])
        }
        #expect(throws: BundleRefusal.tooManyUnits("c", maximum: InventoryLimits.unitsOnHand)) {
            try catalog.expanded([DemandLine("b", most)])
        }
    }

    @Test func aLongChainOfBundlesIsResolved() throws {
        let bundles = try (0..<20_000).map { number in
            try StockBundle(sku(number), of: [DemandLine(sku(number + 1), .one)])
        }
        let catalog = try BundleCatalog(bundles)
        #expect(catalog.components(of: sku(0)).map(\.sku) == [sku(20_000)])
    }

    @Test func asManyCanBeSoldAsTryingOneAfterTheOtherSells() {
        PropertyRun.check(1_000) { run in
            var stock: [SKU: SKUStock] = [:]
            for number in 0..<4 {
                let units = Int64(run.natural(through: 40))
                stock[sku(number)] = SKUStock(sku: sku(number), levels: [StockLevel(sku: sku(number), onHand: units)])
            }
            func components(_ range: Range<Int>) -> [DemandLine] {
                let chosen = range.filter { _ in run.natural(through: 1) == 0 }
                let some = chosen.isEmpty ? [range.lowerBound] : chosen
                return some.map { DemandLine(sku($0), .units(1 + run.natural(through: 3))) }
            }
            let catalog = try BundleCatalog([
                StockBundle(sku(10), of: components(0..<4)),
                StockBundle(sku(11), of: components(0..<3) + [DemandLine(sku(10), .one)]),
            ])
            let others = [DemandLine(sku(10), .one), DemandLine(sku(run.natural(through: 3)), .units(2))]
            for wanted in [sku(10), sku(11), sku(0)] {
                let answer = try catalog.sellableUnits(of: wanted, from: stock, besides: others)
                let more = try catalog.expanded(others + [DemandLine(wanted, .units(Int(answer) + 1))])
                #expect(!serves(stock, more, of: catalog, wanted), run.replay)
                guard answer > 0 else { continue }
                let asMany = try catalog.expanded(others + [DemandLine(wanted, .units(Int(answer)))])
                #expect(serves(stock, asMany, of: catalog, wanted), run.replay)
            }
        }
    }

    /// Whether stock has all lines of the SKUs that `sku` consists of.
    private func serves(_ stock: [SKU: SKUStock], _ lines: [DemandLine], of catalog: BundleCatalog, _ sku: SKU) -> Bool
    {
        let own = Set(catalog.components(of: sku).map(\.sku))
        return lines.allSatisfy { line in
            !own.contains(line.sku) || Int64(line.quantity.value) <= stock[line.sku]?.available ?? 0
        }
    }
}
