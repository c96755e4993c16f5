import MarketplaceCore
import MarketplacePromotions

/// Offers of several units, unit by unit: what the engine reckons in groups, however many units there are.
struct UnitModel {
    /// A unit that stands by itself.
    struct Unit {
        let line: Int
        var isUsed = false
    }

    let basket: Basket
    private var units: [Unit]

    init(_ basket: Basket) {
        self.basket = basket
        units = basket.lines.indices.flatMap { line in
            (0..<basket.lines[line].quantity.value).map { _ in Unit(line: line) }
        }
    }

    /// What lines give to an offer: how many units of each are bought and got.
    mutating func take(_ offer: BuyGet, from bought: [Int], to got: [Int], atMost limit: Int) -> [(
        bought: Int, got: Int
    )] {
        var counts = basket.lines.map { _ in (bought: 0, got: 0) }
        var repeats = 0
        var found = 0
        while repeats < offer.repeats ?? .max, found + offer.gotUnits <= limit {
            guard let first = pick(offer.boughtUnits, from: bought, without: []),
                let second = pick(offer.gotUnits, from: got, without: first)
            else { break }
            for unit in first { counts[units[unit].line].bought += 1 }
            for unit in second { counts[units[unit].line].got += 1 }
            for unit in first + second { units[unit].isUsed = true }
            repeats += 1
            found += offer.gotUnits
        }
        return counts
    }

    private func pick(_ count: Int, from lines: [Int], without taken: [Int]) -> [Int]? {
        let free = lines.flatMap { line in units.indices.filter { units[$0].line == line && !units[$0].isUsed } }
            .filter { !taken.contains($0) }
        return free.count < count ? nil : Array(free.prefix(count))
    }

    /// What bundles of so many units save, one after the other in the order of lines.
    func saving(of price: Money, units count: Int, repeats: Int?, from lines: [Int]) -> Int64 {
        let prices = lines.flatMap { line in
            units.filter { $0.line == line }.map { basket.lines[$0.line].unitPrice.minorUnits }
        }
        var left = prices[...]
        var saved: Int64 = 0
        var bundles = 0
        while left.count >= count, bundles < repeats ?? .max {
            let saving = left.prefix(count).reduce(0, +) - price.minorUnits
            left = left.dropFirst(count)
            guard saving > 0 else { continue }
            saved += saving
            bundles += 1
        }
        return saved
    }

    /// The lines in an order of units; those at one price stay in their order.
    func lines(_ indices: [Int], by order: UnitOrder) -> [Int] {
        let lines = basket.lines
        func key(_ index: Int) -> Int64 {
            switch order {
            case .lineOrder: 0
            case .cheapestFirst: lines[index].unitPrice.minorUnits
            case .dearestFirst: -lines[index].unitPrice.minorUnits
            case .largestLineFirst: -lines[index].unitPrice.minorUnits * Int64(lines[index].quantity.value)
            }
        }
        return indices.sorted { (key($0), $0) < (key($1), $1) }
    }
}
