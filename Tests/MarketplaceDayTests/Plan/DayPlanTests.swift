import Marketplace
import MarketplaceDayKit
import Testing

struct DayPlanTests {
    @Test(arguments: [0, 1, 7, 99, .max] as [UInt64])
    func aPlanFollowsFromItsSettingsAndFitsThem(seed: UInt64) {
        for (days, members) in [(1, 10), (7, 20), (30, 200)] {
            let settings = DaySettings(days: days, members: members, seed: seed)
            let plan = DayPlan(settings)
            #expect(plan == DayPlan(settings))
            #expect(plan.members.count == members)
            #expect(plan.members.map(\.day) == plan.members.map(\.day).sorted())
            #expect(plan.purchases.map(\.day) == plan.purchases.map(\.day).sorted())
            for seller in plan.sellers { #expect(plan.members[seller.member].day == 0) }
            for purchase in plan.purchases {
                #expect((0..<days).contains(purchase.day))
                #expect(plan.members[purchase.member].day <= purchase.day)
                let currencies = Set(purchase.lines.map { plan.sellers[plan.products[$0.product].seller].currency })
                #expect(currencies.count == 1)
                #expect(Set(purchase.lines.map(\.product)).count == purchase.lines.count)
                #expect(purchase.payment == .gateway || purchase.member != DayPlan.forgetfulMember)
            }
            #expect(plan.credits.map(\.day) == plan.credits.map(\.day).sorted())
            for credit in plan.credits {
                #expect((0..<days).contains(credit.day))
                #expect(plan.members[credit.member].day <= credit.day)
                #expect(credit.amount.isPositive && credit.lastsForDays != 0)
            }
        }
    }

    @Test func theMinutesOfADayGoForward() {
        let plan = DayPlan(DaySettings(days: 5, members: 400, seed: 3))
        for day in 0..<5 {
            let minutes = plan.purchases.filter { $0.day == day }.map(\.minute)
            #expect(minutes == minutes.sorted())
        }
    }

    @Test(arguments: [0, 1, 7, 99, .max] as [UInt64])
    func whatThereIsOneOfIsBoughtOnce(seed: UInt64) {
        let plan = DayPlan(DaySettings(days: 30, members: 200, seed: seed))
        let singles = plan.products.indices.filter { plan.products[$0].isSinglePiece }
        let bought = plan.purchases.flatMap(\.lines).filter { singles.contains($0.product) }
        #expect(bought.map(\.product).sorted() == singles)
        #expect(bought.allSatisfy { $0.quantity == 1 && plan.products[$0.product].stock == 1 })
        for currency in DayPlan.currencies {
            let count = singles.count { plan.sellers[plan.products[$0].seller].currency == currency }
            #expect(count == DayPlan.singlePieces)
        }
    }

    @Test func otherSeedsPlanOtherDays() {
        #expect(
            DayPlan(DaySettings(days: 7, members: 50, seed: 1)) != DayPlan(DaySettings(days: 7, members: 50, seed: 2))
        )
    }
}
