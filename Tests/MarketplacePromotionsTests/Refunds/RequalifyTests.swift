import MarketplaceCore
import MarketplacePromotions
import TestSupport
import Testing

/// Whoever sends back what a discount was for keeps none of it.
struct RequalifyTests {
    private static func won(_ amount: Int64) -> Money { Money(minorUnits: amount, .krw) }

    /// Six at 50,000 with 10% off from 300,000 on: 270,000.
    private static let basket = Basket(
        .krw,
        lines: [BasketLine("coat", won(50_000), quantity: .units(6)), BasketLine("sock", won(0))]
    )
    private static let terms = PricingTerms(
        promotions: [
            Promotion("tenth", .percentOff(.percent(10)), when: .total(.atLeast(won(300_000)))),
            Promotion("never", .percentOff(.percent(90)), isActive: false),
        ],
        time: .epoch
    )

    @Test func frozenSharesGiveBackWhatWasPaidForTheUnits() throws {
        var ledger = RefundLedger(try Self.basket.priced(under: Self.terms).frozen())
        #expect(try ledger.refund(["coat": 5]).amount == Self.won(225_000))
        #expect(try ledger.refund(["coat": 1]).amount == Self.won(45_000))
    }

    @Test func aRequalifiedReturnTakesBackTheDiscountOfWhatIsKept() throws {
        var ledger = RefundLedger(try Self.basket.priced(under: Self.terms).frozen())
        let refund = try ledger.refund(["coat": 5], requalifying: Self.basket, under: Self.terms)
        #expect(refund.amount == Self.won(220_000), "one coat is kept at its full price")
        let rest = try ledger.refund(["coat": 1, "sock": 1], requalifying: Self.basket, under: Self.terms)
        #expect(rest.amount == Self.won(50_000))
    }

    @Test func nothingIsChargedForAReturn() throws {
        // Two for the price of one: one of them back, and the other costs as much as both did.
        let basket = Basket(.krw, lines: [BasketLine("cup", Self.won(8_000), quantity: .units(2))])
        let terms = PricingTerms(promotions: [Promotion("pair", .buyGet(BuyGet(buy: 1, get: 1)))], time: .epoch)
        var ledger = RefundLedger(try basket.priced(under: terms).frozen())
        #expect(try ledger.refund(["cup": 1], requalifying: basket, under: terms).amount == Self.won(0))
        #expect(try ledger.refund(["cup": 1], requalifying: basket, under: terms).amount == Self.won(8_000))
    }

    @Test func aReturnOfShippingAloneKeepsWhatIsLeftForTheGoods() throws {
        // At most 10 off: a piece kept alone has all of it, so that less is due for it than its frozen share.
        let basket = Basket(
            .krw,
            lines: [BasketLine("cup", Self.won(100), quantity: .units(3))],
            shipping: [ShippingCharge("parcel", Self.won(30))]
        )
        let terms = PricingTerms(
            promotions: [Promotion("tenth", .percentOff(.percent(10), cap: Self.won(10)))],
            time: .epoch
        )
        var ledger = RefundLedger(try basket.priced(under: terms).frozen())
        var given = try ledger.refund(["cup": 2]).amount
        let parcel = try ledger.refund([:], shipping: ["parcel"], requalifying: basket, under: terms)
        #expect(parcel.amount == Self.won(30))
        try given += parcel.amount
        try given += ledger.refund(["cup": 1], requalifying: basket, under: terms).amount
        #expect(given == ledger.shares.total)
    }

    @Test func aReturnIsRequalifiedWithTheBasketOfTheOrderAlone() throws {
        var ledger = RefundLedger(try Self.basket.priced(under: Self.terms).frozen())
        var fewer = Self.basket
        fewer.lines.removeFirst()
        var more = Self.basket
        more.lines[0].quantity = .units(7)
        for other in [fewer, more, Basket(.usd, lines: [])] {
            let before = ledger
            #expect(throws: RequalificationError.otherBasket) {
                try ledger.refund(["sock": 1], requalifying: other, under: Self.terms)
            }
            #expect(ledger == before)
        }
    }

    @Test func whicheverPolicyAReturnHasAllTogetherGiveWhatWasPaid() {
        PropertyRun.check(500) { run in
            let lines = try (0...run.natural(through: 3)).map { index in
                BasketLine(
                    try BasketLineID("line \(index)"),
                    Self.won(Int64(run.natural(through: 30_000))),
                    quantity: .units(1 + run.natural(through: 4)),
                    tax: run.element(of: [nil, .included(.percent(10)), .added(.percent(21))])
                )
            }
            let basket = Basket(.krw, lines: lines)
            let terms = PricingTerms(
                promotions: [
                    Promotion("most", .percentOff(.percent(15)), when: .total(.atLeast(Self.won(40_000)))),
                    Promotion("flat", .amountOffOrder(Self.won(7_777)), when: .quantity(.atLeast(3))),
                    Promotion("third", .buyGet(BuyGet(buy: 2, get: 1))),
                ],
                time: .epoch
            )
            let priced = try basket.priced(under: terms)
            var ledger = RefundLedger(try priced.frozen())
            #expect(ledger.shares.total == priced.totals.total, run.replay)
            var (paid, tax): (Int64, Int64) = (0, 0)
            while let index = ledger.keptUnits.indices.filter({ ledger.keptUnits[$0] > 0 })
                .randomElement(using: &run.generator)
            {
                let units = [lines[index].id: 1 + run.natural(through: ledger.keptUnits[index] - 1)]
                let refund =
                    run.natural(through: 1) == 0
                    ? try ledger.refund(units) : try ledger.refund(units, requalifying: basket, under: terms)
                #expect(!refund.amount.isNegative && !refund.tax.isNegative, run.replay)
                paid += refund.amount.minorUnits
                tax += refund.tax.minorUnits
            }
            #expect(paid == priced.totals.total.minorUnits, run.replay)
            #expect(tax == priced.totals.tax.minorUnits, run.replay)
        }
    }
}
