import MarketplaceCore
import MarketplaceStorage
import TestSupport
import Testing
@testable import MarketplaceInventory

/// What is wanted of each SKU at each location, and how items are found by it.
struct ReservationDemandTests {
    private static let skus: [SKU] = ["ale", "bun", "cup", "dye", "egg"]
    private static let locations: [LocationKey] = ["a", "b", "c"]

    @Test func linesThatAreAlikeAreWantedTogether() {
        PropertyRun.check(500) { run in
            let lines = (0..<Int.random(in: 1...12, using: &run.generator)).map { _ in
                ReservationLine(
                    Self.skus.randomElement(using: &run.generator) ?? "ale",
                    .units(Int.random(in: 1...9, using: &run.generator)),
                    at: Self.locations.randomElement(using: &run.generator) ?? "a"
                )
            }
            let request = ReservationLines(lines)
            let demand = request.demand
            #expect(demand.map(\.point) == Set(lines.map(\.point)).sorted(), run.replay)
            for wanted in demand {
                let units = lines.filter { $0.point == wanted.point }.reduce(0) { $0 + $1.quantity.units }
                #expect(wanted.units == units, run.replay)
            }
            let bySKU = request.demandBySKU
            #expect(bySKU.map(\.sku) == Set(lines.map(\.sku)).sorted(), run.replay)
            for (sku, units) in bySKU {
                #expect(units == lines.filter { $0.sku == sku }.reduce(0) { $0 + $1.quantity.units }, run.replay)
            }
        }
    }

    @Test(arguments: 0...5) func anItemIsFoundByItsSKUAndNoOther(count: Int) {
        var items = RequestedItems()
        for (number, sku) in Self.skus.prefix(count).enumerated() {
            let entry = StockItemCache.Entry(revision: DocumentRevision(Int64(number)), item: StockItemDocument())
            items.append(entry, of: sku, units: Int64(number) + 1)
        }
        for (number, sku) in Self.skus.enumerated() {
            let isThere = number < count
            #expect(items[sku]?.revision == (isThere ? DocumentRevision(Int64(number)) : nil))
            #expect(items.units(of: sku) == (isThere ? Int64(number) + 1 : 0))
        }
        #expect(items["aaa"] == nil && items["cuq"] == nil && items["zzz"] == nil)
    }
}
