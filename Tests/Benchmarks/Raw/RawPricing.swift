/// The raw limit of pricing: the arithmetic of promotions on bare 64-bit numbers, with no names, types or reasons.
struct RawPricing {
    /// One promotion: which lines, what it takes off, and from which total on.
    struct Rule {
        enum Kind {
            case percentOfLines
            case percentOfOrder
            case amountOfUnits
            case amountOfOrder
        }
        var kind: Kind
        var category: Int
        var number: Int64
        var minimumTotal: Int64
    }

    var prices: [Int64]
    var quantities: [Int64]
    var categories: [Int]

    /// What all rules take off, one after the other, each from what is left.
    func discount(_ rules: [Rule]) -> Int64 {
        var left = zip(prices, quantities).map { $0 &* $1 }
        let total = left.reduce(0, &+)
        var discount: Int64 = 0
        for rule in rules where total >= rule.minimumTotal {
            var lines: [Int] = []
            for line in left.indices where rule.category < 0 || categories[line] == rule.category { lines.append(line) }
            switch rule.kind {
            case .percentOfLines:
                for line in lines { take((left[line] &* rule.number &+ 50) / 100, line, &left, &discount) }
            case .amountOfUnits:
                for line in lines { take(min(quantities[line] &* rule.number, left[line]), line, &left, &discount) }
            case .percentOfOrder:
                let goods = lines.reduce(0) { $0 &+ left[$1] }
                spread((goods &* rule.number &+ 50) / 100, lines, &left, &discount)
            case .amountOfOrder:
                spread(rule.number, lines, &left, &discount)
            }
        }
        return discount
    }

    private func take(_ amount: Int64, _ line: Int, _ left: inout [Int64], _ discount: inout Int64) {
        left[line] &-= amount
        discount &+= amount
    }

    private func spread(_ amount: Int64, _ lines: [Int], _ left: inout [Int64], _ discount: inout Int64) {
        let weights = lines.map { left[$0] }
        let shares = RawAllocation.shares(of: min(amount, weights.reduce(0, &+)), by: weights)
        for (line, share) in zip(lines, shares) { take(share, line, &left, &discount) }
    }
}
