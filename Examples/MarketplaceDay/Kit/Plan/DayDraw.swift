import Marketplace

/// Draws a plan from a seed.
struct DayDraw {
    /// Of ten thousand members this many buy on a day.
    private static let buyersOfTenThousand: UInt64 = 700
    /// Of ten thousand members this many are given store credit on a day.
    private static let creditedOfTenThousand: UInt64 = 800
    /// Of a hundred purchases this many have each kind of trouble with the payment.
    private static let troubledOfHundred: UInt64 = 2

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
        let count = max(DayPlan.singlePieces * DayPlan.currencies.count, settings.members / 20)
        return (0..<count).map { index in
            let currency = DayPlan.currencies[index % DayPlan.currencies.count]
            let shipping = currency == .eur ? 290 + number(below: 300) : 2_500 + 100 * number(below: 20)
            return PlannedSeller(member: index, currency: currency, shippingMinor: Int64(shipping))
        }
    }

    /// Two to four products in each shop, and in the first ones of each currency one more of which there is only one.
    mutating func products(of sellers: [PlannedSeller]) -> [PlannedProduct] {
        sellers.indices.flatMap { seller in
            let count = 2 + number(below: 3)
            let all = seller < DayPlan.singlePieces * DayPlan.currencies.count ? count + 1 : count
            return (0..<all).map { index in
                let isFine = sellers[seller].currency == .eur
                // Odd prices, so that shares and commissions have something to round.
                let price = isFine ? 499 + number(below: 9_000) : 4_900 + 10 * number(below: 9_000)
                let stock = 10 + number(below: 8)
                return PlannedProduct(
                    seller: seller,
                    priceMinor: Int64(price),
                    stock: index < count ? stock : 1,
                    category: number(below: DayPlan.categories.count),
                    isSinglePiece: index == count
                )
            }
        }
    }

    /// What is bought on all days, in the order of its time.
    mutating func purchases(_ members: [PlannedMember], _ certain: CertainPurchases) -> [PlannedPurchase] {
        var purchases = certain.purchases
        for day in 0..<settings.days {
            var today: [PlannedPurchase] = []
            for member in members.indices where members[member].day <= day {
                guard generator.next(through: 9_999) < Self.buyersOfTenThousand else { continue }
                today.append(purchase(on: day, by: member, certain.shelves))
            }
            // The order of equal minutes is the order of the members.
            purchases += today.enumerated()
                .sorted { ($0.element.minute, $0.offset) < ($1.element.minute, $1.offset) }
                .map(\.element)
        }
        return purchases
    }

    /// Who is given store credit, in the order of its days.
    mutating func credits(_ members: [PlannedMember], _ certain: CertainPurchases) -> [PlannedCredit] {
        var credits = certain.credits
        for day in 0..<settings.days {
            for member in members.indices where members[member].day <= day {
                guard generator.next(through: 9_999) < Self.creditedOfTenThousand else { continue }
                let currency = DayPlan.currencies[number(below: DayPlan.currencies.count)]
                credits.append(
                    PlannedCredit(
                        day: day,
                        member: member,
                        amount: creditAmount(currency),
                        source: number(below: 5) < 2 ? .giftCard : .grant,
                        lastsForDays: number(below: 2) == 0 ? 2 + number(below: 9) : nil
                    )
                )
            }
        }
        return credits
    }

    private mutating func purchase(on day: Int, by member: Int, _ shelves: [[Int]]) -> PlannedPurchase {
        let currency = number(below: shelves.count)
        let shelf = shelves[currency]
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
            payment: payment(by: member, in: DayPlan.currencies[currency]),
            isRefundedAsCredit: number(below: 6) == 0,
            trouble: trouble(),
            fate: fate()
        )
    }

    private mutating func payment(by member: Int, in currency: Currency) -> PlannedPurchase.Payment {
        let limit = creditAmount(currency).minorUnits
        let chance = number(below: 10)
        guard member != DayPlan.forgetfulMember else { return .gateway }
        switch chance {
        case 0..<2: return .storeCredit(upToMinor: limit)
        case 2..<7: return .storeCredit()
        default: return .gateway
        }
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
        case 8..<12: .lost
        case 12..<20: .oneUnitReturned(afterDays: 1 + number(below: 8))
        case 20..<24: .allReturned(afterDays: 1 + number(below: 8))
        case 24..<28: .exchanged(afterDays: number(below: 8), forDearer: number(below: 2) == 0)
        case 28..<32: .broken(afterDays: number(below: 8))
        default: .kept
        }
    }

    /// An odd amount, so that it seldom covers anything exactly.
    private mutating func creditAmount(_ currency: Currency) -> Money {
        let minor = currency == .eur ? 300 + number(below: 4_000) : 3_000 + 10 * number(below: 4_000)
        return Money(minorUnits: Int64(minor), currency)
    }

    private mutating func number(below bound: Int) -> Int {
        // The bounds are small and positive.
        Int(generator.next(through: UInt64(max(1, bound) - 1)))
    }
}
