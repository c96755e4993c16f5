import MarketplaceCore
import MarketplaceDomain

/// How many units of each product an order counts as sold.
struct SoldUnits: Sendable, Hashable, Codable {
    struct Line: Sendable, Hashable, Codable {
        let product: ProductID
        let units: Int64
    }

    /// One line for each product, in the order of their ids.
    let lines: [Line]

    /// What an order counts now: what was not called off, from its confirmation on.
    init(of order: Order) {
        var units: [ProductID: Int64] = [:]
        switch order.status {
        case nil, .pending, .failed, .expired: break
        case .confirmed, .preparing, .partiallyShipped, .shipped, .delivered, .completed, .canceled:
            for (line, counts) in zip(order.lines, order.units) where counts.owed > 0 {
                // An order has at most 200 lines of a billion units.
                if let product = line.productID { units[product, default: 0] += Int64(counts.owed) }
            }
        }
        lines = units.sorted { $0.key < $1.key }.map { Line(product: $0.key, units: $0.value) }
    }

    /// The units of each product that these are more than others; below zero where they are fewer.
    func differences(from other: SoldUnits?) -> [ProductID: Int64] {
        var differences: [ProductID: Int64] = [:]
        for line in lines { differences[line.product, default: 0] += line.units }
        for line in other?.lines ?? [] { differences[line.product, default: 0] -= line.units }
        return differences
    }
}
