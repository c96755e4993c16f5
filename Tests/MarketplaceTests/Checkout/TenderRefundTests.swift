import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

/// Any refunds in any order, some asked for twice, some at once: they add up to what was paid, tender by tender.
struct TenderRefundTests {
    @Test func cardsGiveBackBeforeStoreCreditDoesAndNoneMoreThanItTook() async throws {
        let shop = try await TenderShop()
        _ = try await shop.place()
        let payments = shop.checkout().payments
        func give(_ amount: Int64, _ key: IdempotencyKey) async throws -> [Int64] {
            try await payments.refundPurchase(
                TenderShop.purchase,
                TenderShop.won(amount),
                by: PaymentShop.staff,
                key: key
            )
            return [
                try shop.kept(by: TenderShop.secondCard), try shop.kept(by: TenderShop.purchase),
                try await shop.balance().available.minorUnits,
            ]
        }
        #expect(try await give(500, "a") == [1_500, 4_000, 0])
        #expect(try await give(2_000, "b") == [0, 3_500, 0])
        #expect(try await give(2_000, "b") == [0, 3_500, 0])
        #expect(try await give(3_600, "c") == [0, 0, 100])
        await #expect(throws: PaymentError.self) { try await give(2_901, "d") }
        #expect(try await give(2_900, "e") == [0, 0, 3_000])
        let stranger = CommandActor.buyer(TenderShop.buyer)
        await #expect(throws: PaymentError.self) {
            try await payments.refundPurchase(TenderShop.purchase, TenderShop.won(1), by: stranger, key: "f")
        }
    }

    @Test func aCanceledOrderGivesBackToEveryTender() async throws {
        let shop = try await TenderShop()
        _ = try await shop.place()
        let orders = Orders(in: shop.environment(seed: 50), gateway: shop.gateway, inventory: shop.inventory)
        try await orders.cancel(
            TenderShop.order,
            because: .buyerRequest,
            by: .buyer(TenderShop.buyer),
            key: "cancel"
        )
        #expect(try shop.kept(by: TenderShop.purchase) == 0)
        #expect(try shop.kept(by: TenderShop.secondCard) == 0)
        #expect(try await shop.balance().available == TenderShop.won(3_000))
    }

    @Test func aRefundThatIsInterruptedAnywhereIsGivenOnce() async throws {
        for fault in [CommitFault.crashBefore, .crashAfter, .loseAnswer, .loseRequest] {
            var number = 1
            while true {
                let shop = try await TenderShop()
                _ = try await shop.place()
                let faulty = FaultInjectingStore(shop.base)
                faulty.inject(fault, atCommit: number)
                func give(over store: any Store) async throws {
                    try await shop.checkout(over: store, seed: 70).payments.refundPurchase(
                        TenderShop.purchase,
                        TenderShop.won(7_000),
                        by: .system,
                        key: "refund"
                    )
                }
                try? await give(over: faulty)
                guard faulty.unfiredFaults.isEmpty else { break }
                try await give(over: shop.base)
                let place = "\(fault) at commit \(number)"
                #expect(try shop.kept(by: TenderShop.purchase) == 0, "\(place)")
                #expect(try shop.kept(by: TenderShop.secondCard) == 0, "\(place)")
                #expect(try await shop.balance().available == TenderShop.won(1_000), "\(place)")
                number += 1
            }
            // One that begins it at every tender, and one for what each card answered.
            #expect(number == 4)
        }
    }

    @Test func anySubsetOfRefundsInAnyOrderAddsUpToWhatWasPaidByEachTender() async {
        await PropertyRun.checkAsync(PropertyRun.whole(60, reducedTo: 20)) { run in try await Self.checkOneHistory(&run)
        }
    }

    private static func checkOneHistory(_ run: inout PropertyRun) async throws {
        let shop = try await TenderShop(.reserveFirst, credit: Int64(run.natural(through: 5_000)))
        let first = Int64(1 + run.natural(through: 8_000))
        let tenders: [CheckoutTender] = run.element(of: [
            [.storeCredit(), .gateway()],
            [.gateway(upTo: TenderShop.won(first)), .gateway()],
            [.gateway(upTo: TenderShop.won(first)), .storeCredit(upTo: TenderShop.won(2_500)), .gateway()],
        ])
        guard case .confirmed(let bought) = try await shop.place(TenderShop.request(tenders)) else {
            Issue.record("not confirmed, \(run.replay)")
            return
        }
        let taken = (bought.capture ?? []).map(\.tender)
        #expect(taken.reduce(0) { $0 + $1.amount.minorUnits } == 9_000, "\(run.replay)")
        // What a plan says, without a store or a gateway.
        let owed = taken.filter(\.source.isOwedByMarketplace) + taken.filter { !$0.source.isOwedByMarketplace }
        var model = try TenderPlan(
            total: TenderShop.won(9_000),
            offers: owed.map { TenderOffer($0.source, upTo: $0.amount) }
        )
        let credit = try await shop.balance().available.minorUnits
        let payments = shop.checkout(seed: 80).payments
        var asked: [(IdempotencyKey, Int64)] = []
        var left: Int64 = 9_000
        while left > 0 {
            if !asked.isEmpty, run.natural(through: 3) == 0 {
                let (key, amount) = run.element(of: asked)
                try await payments.refundPurchase(TenderShop.purchase, TenderShop.won(amount), by: .system, key: key)
                continue
            }
            let several = run.natural(through: 3) == 0 ? 3 : 1
            var batch: [(IdempotencyKey, Int64)] = []
            for _ in 0..<several where left > 0 {
                let amount = min(left, Int64(1 + run.natural(through: 4_000)))
                batch.append((IdempotencyKey(stringLiteral: "r\(asked.count + batch.count)"), amount))
                left -= amount
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (key, amount) in batch {
                    group.addTask {
                        try await payments.refundPurchase(
                            TenderShop.purchase,
                            TenderShop.won(amount),
                            by: .system,
                            key: key
                        )
                    }
                }
                try await group.waitForAll()
            }
            for (_, amount) in batch { _ = try model.refund(TenderShop.won(amount)) }
            asked += batch
            for (tender, back) in zip(model.tenders, model.refunded) {
                let kept = tender.amount.minorUnits - back.minorUnits
                switch tender.source {
                case .gateway(let id): #expect(try shop.kept(by: id) == kept, "\(tender.source), \(run.replay)")
                case .storeCredit:
                    let available = try await shop.balance().available.minorUnits
                    #expect(available == credit + back.minorUnits, "\(run.replay)")
                case .giftCard: Issue.record("no gift card was offered")
                }
            }
        }
        await #expect(throws: PaymentError.self, "\(run.replay)") {
            try await payments.refundPurchase(TenderShop.purchase, TenderShop.won(1), by: .system, key: "more")
        }
    }
}
