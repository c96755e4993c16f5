import Foundation
import MarketplaceCore
import MarketplaceDomain
import TestSupport
import Testing

@Suite struct TenderPlanTests {
    private static func won(_ amount: Int64) -> Money { Example.won(amount) }
    private static let card = TenderSource.gateway(PaymentID(bits: 1))
    private static let other = TenderSource.gateway(PaymentID(bits: 2))
    private static let gift = TenderSource.giftCard("gift-1")

    private static func refusal(_ total: Money, _ offers: [TenderOffer]) -> TenderRefusal? {
        do throws(TenderRefusal) {
            _ = try TenderPlan(total: total, offers: offers)
            return nil
        } catch {
            return error
        }
    }

    @Test func whatTheMarketplaceOwesIsTakenFirstAndTheRestAddsUp() throws {
        let plan = try TenderPlan(
            total: Self.won(100),
            offers: [
                TenderOffer(Self.card, upTo: Self.won(50)), TenderOffer(.storeCredit, upTo: Self.won(30)),
                TenderOffer(Self.gift, upTo: Self.won(15)), TenderOffer(Self.other),
            ]
        )
        #expect(
            plan.tenders == [
                Tender(.storeCredit, Self.won(30)), Tender(Self.gift, Self.won(15)), Tender(Self.card, Self.won(50)),
                Tender(Self.other, Self.won(5)),
            ]
        )
    }

    @Test func sourcesThatAreNotNeededBearNothing() throws {
        let plan = try TenderPlan(
            total: Self.won(20),
            offers: [
                TenderOffer(Self.card), TenderOffer(.storeCredit, upTo: Self.won(30)),
                TenderOffer(Self.gift, upTo: Self.won(0)),
            ]
        )
        #expect(plan.tenders == [Tender(.storeCredit, Self.won(20))])
    }

    @Test func aPlanThatDoesNotAddUpIsRefused() {
        let offers = [TenderOffer(.storeCredit, upTo: Self.won(30)), TenderOffer(Self.card, upTo: Self.won(60))]
        #expect(Self.refusal(Self.won(100), offers) == .insufficient(missing: Self.won(10)))
        #expect(Self.refusal(Self.won(0), offers) == .notPositive(Self.won(0)))
        #expect(Self.refusal(Self.won(.min), offers) == .notPositive(Self.won(.min)))
        #expect(
            Self.refusal(Self.won(1), [TenderOffer(.storeCredit, upTo: Self.won(-1))]) == .notPositive(Self.won(-1))
        )
        #expect(
            Self.refusal(Self.won(1), [TenderOffer(.storeCredit, upTo: Money(minorUnits: 1, .usd))])
                == .currencyMismatch(expected: .krw, found: .usd)
        )
        #expect(
            Self.refusal(Self.won(1), [TenderOffer(Self.card), TenderOffer(Self.card)]) == .repeatedSource(Self.card)
        )
        let many = (0...UInt128(TenderPlan.maximumTenders)).map { TenderOffer(.gateway(PaymentID(bits: $0))) }
        #expect(Self.refusal(Self.won(1), many) == .tooMany(count: 17, maximum: 16))
    }

    @Test func aRefundGoesToTheTenderTakenLastFirstAndNeverBeyondWhatItTook() throws {
        var plan = try TenderPlan(
            total: Self.won(100),
            offers: [TenderOffer(.storeCredit, upTo: Self.won(40)), TenderOffer(Self.card)]
        )
        #expect(try plan.refund(Self.won(50)) == [Tender(Self.card, Self.won(50))])
        #expect(
            try plan.refund(Self.won(20)) == [Tender(Self.card, Self.won(10)), Tender(.storeCredit, Self.won(10))]
        )
        #expect(throws: TenderRefusal.exceedsTaken(requested: Self.won(31), refundable: Self.won(30))) {
            try plan.refund(Self.won(31))
        }
        #expect(throws: TenderRefusal.notPositive(Self.won(0))) { try plan.refund(Self.won(0)) }
        #expect(throws: TenderRefusal.currencyMismatch(expected: .krw, found: .usd)) {
            try plan.refund(Money(minorUnits: 1, .usd))
        }
        #expect(plan.refundable == Self.won(30))
        var first = try TenderPlan(
            total: Self.won(100),
            offers: [TenderOffer(.storeCredit, upTo: Self.won(40)), TenderOffer(Self.card)]
        )
        #expect(
            try first.refund(Self.won(50), .firstTakenFirst)
                == [Tender(.storeCredit, Self.won(40)), Tender(Self.card, Self.won(10))]
        )
    }

    @Test func tendersAddUpToTheTotalAndRefundsToWhatWasTaken() {
        PropertyRun.check(300) { run in
            var random = run.generator
            func pick(_ bound: UInt64) -> Int64 { Int64(random.next(through: bound)) }
            let total = Self.won(1 + pick(UInt64(Int64.max) - 1))
            let sources: [TenderSource] = [.storeCredit, Self.gift, Self.card, Self.other]
            let offers =
                sources.map { TenderOffer($0, upTo: Self.won(pick(UInt64(total.minorUnits)))) }
                + [TenderOffer(.gateway(PaymentID(bits: 3)))]
            var plan = try TenderPlan(total: total, offers: offers.shuffled(using: &random))
            #expect(plan.tenders.map(\.amount).reduce(0) { $0 + $1.minorUnits } == total.minorUnits, "\(run.replay)")
            #expect(plan.tenders.allSatisfy { $0.amount.isPositive }, "\(run.replay)")
            var back: [TenderSource: Int64] = [:]
            while plan.refundable.isPositive {
                let left = plan.refundable.minorUnits
                let part = pick(3) == 0 ? left : 1 + pick(UInt64(left - 1))
                let order: TenderRefundOrder = pick(1) == 0 ? .lastTakenFirst : .firstTakenFirst
                let parts = try plan.refund(Self.won(part), order)
                #expect(parts.reduce(0) { $0 + $1.amount.minorUnits } == part, "\(run.replay)")
                for tender in parts { back[tender.source, default: 0] += tender.amount.minorUnits }
            }
            for tender in plan.tenders { #expect(back[tender.source] == tender.amount.minorUnits, "\(run.replay)") }
            run.generator = random
        }
    }

    @Test func aStoredPlanIsCheckedWhenItIsRead() throws {
        var plan = try TenderPlan(
            total: Self.won(100),
            offers: [TenderOffer(.storeCredit, upTo: Self.won(40)), TenderOffer(Self.card)]
        )
        _ = try plan.refund(Self.won(70))
        let stored = try JSONEncoder().encode(plan)
        #expect(try JSONDecoder().decode(TenderPlan.self, from: stored) == plan)
        let text = String(decoding: stored, as: UTF8.self)
        for (part, bad) in [
            ("\"minorUnits\":60", "\"minorUnits\":61"), ("\"minorUnits\":10", "\"minorUnits\":-1"),
            ("\"minorUnits\":100", "\"minorUnits\":99"),
        ] {
            #expect(text.contains(part))
            let damaged = Data(text.replacingOccurrences(of: part, with: bad).utf8)
            #expect(throws: DecodingError.self) { try JSONDecoder().decode(TenderPlan.self, from: damaged) }
        }
    }
}
