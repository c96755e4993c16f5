import MarketplaceCore
import MarketplaceCoupons
import MarketplaceInMemory
import MarketplaceJSON
import MarketplacePromotions
import MarketplaceStorage
import MarketplaceTestKit
import Synchronization
import Testing

/// Holds whose own earlier sending, by a process that has died since, is applied while they are made.
struct OvertakenHoldTests {
    private final class Letter: Sendable {
        let transaction = Mutex<Transaction?>(nil)
    }

    private static func hold(over store: any Store, _ coupon: CouponCode) async throws(CouponError) -> Redemption {
        try await CouponRedemptions(store: store, codec: .json)
            .hold(1, [.total(of: 1), .member(of: 1), .budget(30, of: 30)], codes: [coupon])
    }

    // It was refused because its own coupon was taken and its own limits were used, and stayed held for nobody.
    @Test func whatWasSentBeforeIsTheAnswerWheneverItArrives() async throws {
        var place = 0
        var isReached = true
        while isReached {
            let base = InMemoryStore()
            let scene = CouponScene(store: base)
            try await scene.open()
            let coupon = try await scene.issue().code
            let letter = Letter()
            let dying = FaultInjectingStore(base) { _, transaction in
                letter.transaction.withLock { $0 = transaction }
                return .crashBefore
            }
            _ = try? await Self.hold(over: dying, coupon)
            let late = try #require(letter.transaction.withLock { $0 })
            let reads = Mutex(0)
            let wanted = place
            let overtaken = FaultInjectingStore(
                base,
                beforeCommit: { number in if wanted == 0, number == 1 { _ = try? await base.commit(late) } },
                afterRead: {
                    let number = reads.withLock { count in
                        count += 1
                        return count
                    }
                    if number == wanted { _ = try? await base.commit(late) }
                }
            )
            let redemption = try await Self.hold(over: overtaken, coupon)
            isReached = reads.withLock { $0 } >= place
            #expect(redemption.state == .held, "before read or commit \(place)")
            #expect(try await scene.redemptions.used(.total, of: "spring") == 1)
            #expect(try await scene.redemptions.redemption(.number(1)) == redemption)
            place += 1
        }
        #expect(place > 3)
    }
}
