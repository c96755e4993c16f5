import MarketplaceInventory
import MarketplaceTestKit
import Testing

/// A table that breaks one law, the law that must catch it, and the other laws that suffer from the same mistake.
struct PlantedTableBug: Sendable, CustomTestStringConvertible {
    let bug: PlantedBug<StockTableSite>
    private let alsoBreaks: Set<String>

    init(
        _ law: StockTableLaw,
        _ name: String,
        alsoBreaks laws: [StockTableLaw] = [],
        restart: (@Sendable () -> any StockTable)? = nil,
        make: @escaping @Sendable () -> any StockTable
    ) {
        bug = PlantedBug(law, name) {
            let table = make()
            return StockTableSite(restart: { restart?() ?? table }) { table }
        }
        alsoBreaks = Set(laws.map(\.name))
    }

    /// A bug that lies between the connections of a table.
    init(
        _ law: StockTableLaw,
        _ name: String,
        alsoBreaks laws: [StockTableLaw] = [],
        connecting make: @escaping @Sendable () -> @Sendable () -> any StockTable
    ) {
        bug = PlantedBug(law, name) {
            let connect = make()
            return StockTableSite { connect() }
        }
        alsoBreaks = Set(laws.map(\.name))
    }

    var testDescription: String { bug.testDescription }

    /// The laws that must hold all the same.
    var others: [StockTableLaw] {
        StockTableLaws.all.filter { $0.name != bug.law.name && !alsoBreaks.contains($0.name) }
    }
}
