import Marketplace

/// The purchases of the first day that are not left to chance, so that each kind of trouble has one: every one is made by
/// one of the first members, in one currency after the other.
struct CertainPurchases {
    /// Which product is bought.
    private enum Choice {
        /// The first one that is sold in the currency.
        case first
        /// The second one.
        case second
        /// The first one there is only one unit of.
        case singlePiece
        /// The second one of these, and another product of its shop.
        case singlePieceAndOther
        /// The one that costs least, with its delivery.
        case cheapest
        /// The one that costs most, with its delivery.
        case dearest
        /// One of each of two shops.
        case ofTwoShops
    }

    /// One purchase.
    private struct Certain {
        var choice = Choice.first
        var quantity = 1
        var code: CouponCode?
        var payment = PlannedPurchase.Payment.gateway
        var credit: Credit?
        var isRefundedAsCredit = false
        var trouble: GatewayTrouble?
        var fate = PlannedPurchase.Fate.kept
    }

    /// Store credit of who buys: so many euros, or thousands of won.
    private struct Credit {
        var source = PlannedCredit.Source.grant
        let count: Int64
        var lastsForDays: Int?
    }

    private static let all: [Certain] = [
        Certain(trouble: .timeOutBeforeCharging), Certain(trouble: .timeOutAfterCharging),
        Certain(trouble: .slowBuyer), Certain(trouble: .duplicateNotice), Certain(trouble: .earlyNotice),
        Certain(fate: .canceledWhilePacked), Certain(fate: .canceledTooLate),
        Certain(quantity: 3, code: DayPlan.codes[0], fate: .oneUnitReturned(afterDays: 1)),
        Certain(fate: .allReturned(afterDays: 3)),
        Certain(choice: .second, fate: .lost),
        Certain(choice: .singlePiece, fate: .lost),
        Certain(choice: .singlePiece, fate: .broken(afterDays: 0)),
        Certain(choice: .second, fate: .broken(afterDays: 0)),
        Certain(choice: .cheapest, fate: .exchanged(afterDays: 0, forDearer: true)),
        Certain(choice: .dearest, fate: .exchanged(afterDays: 0, forDearer: false)),
        // Less than the delivery alone.
        Certain(
            choice: .ofTwoShops,
            payment: .storeCredit(),
            credit: Credit(count: 2),
            fate: .allReturned(afterDays: 2)
        ),
        // More than anything costs.
        Certain(
            choice: .second,
            payment: .storeCredit(),
            credit: Credit(source: .giftCard, count: 300, lastsForDays: 30)
        ),
        Certain(choice: .second, isRefundedAsCredit: true, fate: .allReturned(afterDays: 1)),
        Certain(choice: .second, isRefundedAsCredit: true, fate: .canceledAtOnce),
        Certain(choice: .singlePieceAndOther, fate: .lost),
        Certain(
            choice: .singlePieceAndOther,
            payment: .storeCredit(),
            credit: Credit(count: 3),
            fate: .lost
        ),
    ]

    private let sellers: [PlannedSeller]
    private let products: [PlannedProduct]
    /// What is sold in each currency in any number, by the numbers of the products.
    let shelves: [[Int]]
    /// What there is only one unit of, in each currency.
    private let singlePieces: [[Int]]

    init(_ sellers: [PlannedSeller], _ products: [PlannedProduct]) {
        self.sellers = sellers
        self.products = products
        func sold(_ isSinglePiece: Bool) -> [[Int]] {
            DayPlan.currencies.map { currency in
                products.indices.filter {
                    products[$0].isSinglePiece == isSinglePiece && sellers[products[$0].seller].currency == currency
                }
            }
        }
        shelves = sold(false)
        singlePieces = sold(true)
    }

    /// The purchases, in the order of their time.
    var purchases: [PlannedPurchase] {
        Self.all.enumerated().map { index, certain in
            PlannedPurchase(
                day: 0,
                minute: 9 * 60 + index,
                member: index % DayPlan.fewestMembers,
                lines: chosen(certain.choice, index % shelves.count).map {
                    PlannedPurchase.Line(product: $0, quantity: certain.quantity)
                },
                code: certain.code,
                payment: certain.payment,
                isRefundedAsCredit: certain.isRefundedAsCredit,
                trouble: certain.trouble,
                fate: certain.fate
            )
        }
    }

    /// The store credit that they are paid by, and some that is forgotten.
    var credits: [PlannedCredit] {
        let forgotten = PlannedCredit(
            day: 0,
            member: DayPlan.forgetfulMember,
            amount: Self.amount(5, DayPlan.currencies[0]),
            source: .grant,
            lastsForDays: 2
        )
        return [forgotten]
            + Self.all.enumerated().compactMap { index, certain in
                guard let credit = certain.credit else { return nil }
                return PlannedCredit(
                    day: 0,
                    member: index % DayPlan.fewestMembers,
                    amount: Self.amount(credit.count, DayPlan.currencies[index % shelves.count]),
                    source: credit.source,
                    lastsForDays: credit.lastsForDays
                )
            }
    }

    /// So many euros, or thousands of won.
    static func amount(_ count: Int64, _ currency: Currency) -> Money {
        Money(minorUnits: count * (currency == .eur ? 100 : 1_000), currency)
    }

    private func chosen(_ choice: Choice, _ currency: Int) -> [Int] {
        let shelf = shelves[currency]
        switch choice {
        case .first: return [shelf[0]]
        case .second: return [shelf[1]]
        case .singlePiece: return [singlePieces[currency][0]]
        case .singlePieceAndOther:
            let single = singlePieces[currency][1]
            return [single] + shelf.filter { products[$0].seller == products[single].seller }.prefix(1)
        case .cheapest: return [shelf.min { cost($0) < cost($1) } ?? shelf[0]]
        case .dearest: return [shelf.max { cost($0) < cost($1) } ?? shelf[0]]
        case .ofTwoShops:
            let other = shelf.first { products[$0].seller != products[shelf[0]].seller }
            return [shelf[0]] + (other.map { [$0] } ?? [])
        }
    }

    private func cost(_ product: Int) -> Int64 {
        products[product].priceMinor + sellers[products[product].seller].shippingMinor
    }
}
