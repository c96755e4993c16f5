import MarketplaceCore
import MarketplacePromotions

/// Pricing baskets: half of the promotions apply, half are refused for their condition, and all are explained.
enum PromotionBenchmarks {
    static let all = [
        Benchmark(
            name: "promotions/20x20",
            summary: "price a basket of 20 lines with 20 promotions, 10 of which apply",
            workload: Workload(operations: 10_000),
            subject: .library { workload in
                let shop = Shop(lines: 20, promotions: 20)
                return {
                    try await workload.spread { range in
                        var witness: Int64 = 0
                        for index in range { witness &+= try shop.discount(index) }
                        return witness
                    }
                }
            },
            baseline: .rawLimit { workload in
                let shop = Shop(lines: 20, promotions: 20)
                return {
                    try await workload.spread { range in
                        var witness: Int64 = 0
                        for index in range { witness &+= shop.rawDiscount(index) }
                        return witness
                    }
                }
            },
            bar: .atLeast(thousandths: 100, "an explained price within ten times its bare arithmetic")
        ),
        growth("lines", small: (20, 500), large: (200, 500), operations: 10),
        growth("promotions", small: (200, 50), large: (200, 500), operations: 10),
    ]

    /// The same number of lines times promotions in large baskets and in ten times as many small ones.
    ///
    /// A slope of 1.15 on paper with logarithmic scales makes the large ones 10^0.15 times as dear, which is the bar.
    private static func growth(
        _ name: String,
        small: (lines: Int, promotions: Int),
        large: (lines: Int, promotions: Int),
        operations: Int
    ) -> Benchmark {
        Benchmark(
            name: "promotions/growth/\(name)",
            summary:
                "\(large.lines) lines × \(large.promotions) promotions beside \(small.lines) × \(small.promotions)",
            workload: Workload(operations: operations),
            subject: pairs(large, baskets: 1).named("large"),
            baseline: pairs(small, baskets: 10).named("small"),
            bar: .atLeast(thousandths: 708, "a log-log slope of at most 1.15 in \(name)")
        )
    }

    private static func pairs(_ size: (lines: Int, promotions: Int), baskets: Int) -> Program {
        .library { workload in
            let shop = Shop(lines: size.lines, promotions: size.promotions)
            return {
                try await workload.spread { range in
                    var witness: Int64 = 0
                    for index in range.lowerBound * baskets..<range.upperBound * baskets {
                        witness &+= try shop.pairs(index)
                    }
                    return witness
                }
            }
        }
    }

    /// A basket and promotions, as values of the library and as bare numbers.
    private struct Shop: Sendable {
        private let basket: Basket
        private let promotions: [Promotion]
        private let raw: RawPricing
        private let rules: [RawPricing.Rule]
        private static let categories = ["shoes", "shirts", "books", "tea"]
        private static let time = Timestamp(microsecondsSinceEpoch: 1_767_225_600_000_000)

        init(lines: Int, promotions: Int) {
            var generator = SeededGenerator(seed: 7)
            let prices = (0..<lines).map { _ in 1_000 + Int64(generator.next(through: 99_000)) }
            let quantities = (0..<lines).map { _ in 1 + Int64(generator.next(through: 4)) }
            let kinds = (0..<lines).map { $0 % Self.categories.count }
            raw = RawPricing(prices: prices, quantities: quantities, categories: kinds)
            let total = zip(prices, quantities).reduce(0) { $0 + $1.0 * $1.1 }
            rules = (0..<promotions).map { index in
                let kind: RawPricing.Rule.Kind = [.percentOfLines, .amountOfUnits, .percentOfOrder, .amountOfOrder][
                    index / 2 % 4
                ]
                return RawPricing.Rule(
                    kind: kind,
                    category: index % 3 == 0 ? -1 : index % Self.categories.count,
                    number: kind == .amountOfOrder ? 1_234 : kind == .amountOfUnits ? 7 : 3,
                    minimumTotal: index.isMultiple(of: 2) ? total / 2 : total + 1 + Int64(index)
                )
            }
            basket = Basket(
                .krw,
                lines: zip(prices, quantities).enumerated().compactMap { index, line in
                    guard let id = try? BasketLineID(validating: "line \(index)"), let units = try? Quantity(line.1)
                    else { return nil }
                    return BasketLine(
                        id,
                        Money(minorUnits: line.0, .krw),
                        quantity: units,
                        categories: [Self.categories[kinds[index]]]
                    )
                }
            )
            self.promotions = rules.enumerated().compactMap { index, rule in
                (try? PromotionID(validating: "promotion \(index)")).map { Self.promotion($0, rule) }
            }
        }

        private static func promotion(_ id: PromotionID, _ rule: RawPricing.Rule) -> Promotion {
            let benefit: PromotionBenefit =
                switch rule.kind {
                case .percentOfLines: .percentOff(.percent(rule.number))
                case .percentOfOrder: .percentOffOrder(.percent(rule.number))
                case .amountOfUnits: .amountOffEachUnit(Money(minorUnits: rule.number, .krw))
                case .amountOfOrder: .amountOffOrder(Money(minorUnits: rule.number, .krw))
                }
            return Promotion(
                id,
                benefit,
                when: .total(.atLeast(Money(minorUnits: rule.minimumTotal, .krw))),
                lines: rule.category < 0 ? .every : .categories([categories[rule.category]])
            )
        }

        /// What is taken off; the price of the first line differs from round to round.
        func discount(_ round: Int) throws -> Int64 {
            try priced(round).totals.discount.minorUnits
        }

        /// The lines times the promotions that are explained.
        func pairs(_ round: Int) throws -> Int64 {
            let priced = try priced(round)
            return Int64(priced.lines.count * priced.outcomes.count)
        }

        private func priced(_ round: Int) throws -> PricedBasket {
            var basket = basket
            basket.lines[0].unitPrice = Money(minorUnits: raw.prices[0] + Int64(round % 100), .krw)
            return try basket.priced(with: promotions, at: Self.time)
        }

        func rawDiscount(_ round: Int) -> Int64 {
            var raw = raw
            raw.prices[0] += Int64(round % 100)
            return raw.discount(rules)
        }
    }
}
