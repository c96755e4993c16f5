import Marketplace

/// Draws a plan from a seed.
struct DayDraw {
    /// Of ten thousand members this many buy on a day.
    private static let buyersOfTenThousand: UInt64 = 700
    /// Of a hundred purchases this many have each kind of trouble with the payment.
    private static let troubledOfHundred: UInt64 = 2
    /// The buyers of the first day to whom something happens in any case.
    private static let certain: [Certain] = [
        Certain(trouble: .timeOutBeforeCharging), Certain(trouble: .timeOutAfterCharging),
        Certain(trouble: .slowBuyer), Certain(trouble: .duplicateNotice), Certain(trouble: .earlyNotice),
        Certain(fate: .canceledWhilePacked), Certain(fate: .canceledTooLate),
        Certain(fate: .oneUnitReturned(afterDays: 1), quantity: 3, code: DayPlan.codes[0]),
        Certain(fate: .allReturned(afterDays: 3)),
    ]

    /// A purchase of the first day that is not left to chance.
    private struct Certain {
        var trouble: GatewayTrouble?
        var fate = PlannedPurchase.Fate.kept
        var quantity = 1
        var code: CouponCode?
    }

    private let settings: DaySettings
    private var generator: SeededGenerator

    init(_ settings: DaySettings) {
        self.settings = settings
        generator = SeededGenerator(seed: settings.seed)
    }

    /// Three of five are there on the first day, and never fewer than the first day needs.
    mutating func members() -> [PlannedMember] {
        let first = min(settings.members, max(DayPlan.fewestMembers, settings.members * 3 / 5))
        let later = (first..<max(first, settings.members)).map { _ in number(below: settings.days) }.sorted()
        return (Array(repeating: 0, count: first) + later).map(PlannedMember.init)
    }

    /// One of twenty sells, and at least two in each currency.
    mutating func sellers() -> [PlannedSeller] {
        let count = max(2 * DayPlan.currencies.count, settings.members / 20)
        return (0..<count).map { index in
            let currency = DayPlan.currencies[index % DayPlan.currencies.count]
            let shipping = currency == .eur ? 290 + number(below: 300) : 2_500 + 100 * number(below: 20)
            return PlannedSeller(member: index, currency: currency, shippingMinor: Int64(shipping))
        }
    }

    /// Two to four products in each shop.
    mutating func products(of sellers: [PlannedSeller]) -> [PlannedProduct] {
        sellers.indices.flatMap { seller in
            (0..<2 + number(below: 3)).map { _ in
                let isFine = sellers[seller].currency == .eur
                // Odd prices, so that shares and commissions have something to round.
                let price = isFine ? 499 + number(below: 9_000) : 4_900 + 10 * number(below: 9_000)
                return PlannedProduct(
                    seller: seller,
                    priceMinor: Int64(price),
                    stock: 10 + number(below: 8),
                    category: number(below: DayPlan.categories.count)
                )
            }
        }
    }

    /// What is bought on all days, in the order of its time.
    mutating func purchases(
        _ members: [PlannedMember],
        _ sellers: [PlannedSeller],
        _ products: [PlannedProduct]
    ) -> [PlannedPurchase] {
        let catalog = DayPlan.currencies.map { currency in
            products.indices.filter { sellers[products[$0].seller].currency == currency }
        }
        var purchases = Self.certain.enumerated().map { index, certain in
            PlannedPurchase(
                day: 0,
                minute: 9 * 60 + index,
                member: index % DayPlan.fewestMembers,
                lines: [
                    PlannedPurchase.Line(product: catalog[index % catalog.count][0], quantity: certain.quantity)
                ],
                code: certain.code,
                trouble: certain.trouble,
                fate: certain.fate
            )
        }
        for day in 0..<settings.days {
            var today: [PlannedPurchase] = []
            for member in members.indices where members[member].day <= day {
                guard generator.next(through: 9_999) < Self.buyersOfTenThousand else { continue }
                today.append(purchase(on: day, by: member, catalog))
            }
            // The order of equal minutes is the order of the members.
            purchases += today.enumerated()
                .sorted { ($0.element.minute, $0.offset) < ($1.element.minute, $1.offset) }
                .map(\.element)
        }
        return purchases
    }

    private mutating func purchase(on day: Int, by member: Int, _ catalog: [[Int]]) -> PlannedPurchase {
        let shelf = catalog[number(below: catalog.count)]
        var lines: [PlannedPurchase.Line] = []
        for _ in 0...number(below: 3) {
            let product = shelf[number(below: shelf.count)]
            guard !lines.contains(where: { $0.product == product }) else { continue }
            lines.append(PlannedPurchase.Line(product: product, quantity: 1 + number(below: 3)))
        }
        let chance = number(below: 4)
        return PlannedPurchase(
            day: day,
            minute: 10 * 60 + number(below: 8 * 60),
            member: member,
            lines: lines,
            code: chance < DayPlan.codes.count ? DayPlan.codes[chance] : nil,
            trouble: trouble(),
            fate: fate()
        )
    }

    private mutating func trouble() -> GatewayTrouble? {
        let drawn = Int(generator.next(through: 99) / Self.troubledOfHundred)
        let troubles = GatewayTrouble.allCases
        return drawn < troubles.count ? troubles[drawn] : nil
    }

    private mutating func fate() -> PlannedPurchase.Fate {
        switch number(below: 100) {
        case 0..<3: .canceledAtOnce
        case 3..<6: .canceledWhilePacked
        case 6..<8: .canceledTooLate
        case 8..<16: .oneUnitReturned(afterDays: 1 + number(below: 8))
        case 16..<20: .allReturned(afterDays: 1 + number(below: 8))
        default: .kept
        }
    }

    private mutating func number(below bound: Int) -> Int {
        // The bounds are small and positive.
        Int(generator.next(through: UInt64(max(1, bound) - 1)))
    }
}
