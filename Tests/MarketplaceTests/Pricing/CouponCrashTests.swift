import Marketplace
import MarketplaceTestKit
import Synchronization
import TestSupport
import Testing

/// Wherever a process dies, an answer is lost or somebody ends the hold: what is used of limits and coupons is what
/// confirmed orders have used, and money and stock tell the same story.
struct CouponCrashTests {
    /// What stands in the way of a purchase.
    enum World: CaseIterable, Sendable {
        case allGoesWell
        case declined
        case outOfStock
    }

    private static let promotion = Promotion(
        "voucher",
        .amountOffOrder(CouponShop.won(3_000)),
        codes: [],
        limits: PromotionLimits(total: 5, perMember: 1, budget: CouponShop.won(10_000))
    )
    private static let order = OrderID(bits: 1)
    private static let buyer = MemberKey(MemberID(bits: 1))

    private struct Scene {
        let shop: CouponShop
        let coupon: CouponCode
        let world: World

        init(_ flow: CheckoutFlow, _ world: World) async throws {
            self.world = world
            shop = try await CouponShop(
                [promotion],
                flow: flow,
                stock: world == .outOfStock ? .one : .units(5),
                world == .declined ? [.authorize: GatewayRates(declined: .percent(100))] : [:]
            )
            try await shop.open("voucher")
            let now = shop.clock.wall.now
            coupon = try await shop.issuing.issue(CouponShop.campaign, to: buyer, key: "first", at: now).code
        }

        /// What a process does when it starts, perhaps with faults in its store.
        func run(_ store: any Store, seed: UInt64, hasWorker: Bool = false) async throws -> CheckoutOutcome {
            let process = shop.checkout(over: store, seed: seed)
            _ = try await process.recover()
            // A purchase that another process began and left is taken over by a worker alone.
            return try await withThrowingTaskGroup(of: Void.self) { group in
                if hasWorker { group.addTask { try await process.run() } }
                defer { group.cancelAll() }
                let outcome = try await shop.place(CouponShop.purchase(codes: [coupon], stating: 6_000), at: process)
                await process.drain()
                return outcome
            }
        }

        /// All of the purchase, or nothing; returns whether it is confirmed.
        func expectAllOrNothing(_ place: String) async throws -> Bool {
            let status = try await shop.orders.load(order).root.status
            let isConfirmed = status == .confirmed
            #expect(isConfirmed || status == .failed || status == nil, "\(place)")
            let uses: Int64 = isConfirmed ? 1 : 0
            #expect(try await shop.redemptions.used(.total, of: "voucher") == uses, "\(place)")
            #expect(try await shop.redemptions.used(.member(buyer), of: "voucher") == uses, "\(place)")
            #expect(try await shop.redemptions.used(.budget(.krw), of: "voucher") == uses * 3_000, "\(place)")
            let coupon = try await shop.issuing.coupon(coupon, at: shop.clock.wall.now)
            if case .redeemed = coupon?.state {
                #expect(isConfirmed, "\(place)")
            } else {
                #expect(!isConfirmed && coupon?.state == .available, "\(place)")
            }
            let redemption = try await shop.redemption()
            #expect((redemption == .redeemed) == isConfirmed && redemption != .held, "\(place)")
            let stock = try #require(try await shop.inventory.stock(of: "espresso"))
            #expect(stock.held == 0 && stock.allocated == uses * 2, "\(place)")
            if let moved = try shop.gateway.entries().totals()[PaymentID(bits: order.bits)] {
                let kept = isConfirmed ? CouponShop.won(6_000) : CouponShop.won(0)
                #expect(try moved.captured - moved.refunded == kept, "\(place)")
            }
            return isConfirmed
        }
    }

    @Test(arguments: CheckoutFlow.allCases, World.allCases)
    func aFaultAtAnyCommitChangesNothingAboutTheEnd(_ flow: CheckoutFlow, _ world: World) async throws {
        for fault in [CommitFault.crashBefore, .crashAfter, .loseAnswer, .loseRequest] {
            var number = 1
            while try await isReached([(fault, number)], flow, world) { number += 1 }
            #expect(number > 8, "a purchase has more commits than that")
        }
    }

    @Test(arguments: CheckoutFlow.allCases, World.allCases)
    func aCrashInTheRecoveryOfACrashChangesNothingAboutTheEnd(_ flow: CheckoutFlow, _ world: World) async throws {
        let stride = PropertyRun.whole(1, reducedTo: 3)
        var first = Int.random(in: 1...stride)
        while try await isReached([(.crashAfter, first)], flow, world) {
            for fault in PropertyRun.part(of: [CommitFault.crashBefore, .crashAfter], oneIn: 2) {
                var second = 1
                while try await isReached([(.crashAfter, first), (fault, second)], flow, world) { second += 1 }
            }
            first += stride
        }
        #expect(first > 8)
    }

    /// What a dead process has sent is applied while its successor works, before any of its commits or after the end.
    @Test(arguments: CheckoutFlow.allCases, World.allCases)
    func aCommitThatArrivesLateChangesNothingAboutTheEnd(_ flow: CheckoutFlow, _ world: World) async throws {
        var sent = 1
        while try await arrivesLate(sent, before: nil, flow, world) != nil {
            // Between the commits of a purchase that is undone: that is where a late effect would stay.
            var arrival = 1
            while world == .declined, try await arrivesLate(sent, before: arrival, flow, world) == true { arrival += 1 }
            sent += 1
        }
        #expect(sent > 8, "a purchase has more commits than that")
    }

    /// Lets a commit of the first process be applied before one of the second, or at the end; nil when the first has
    /// fewer commits, false when the second has.
    private func arrivesLate(
        _ sent: Int,
        before arrival: Int?,
        _ flow: CheckoutFlow,
        _ world: World
    ) async throws -> Bool? {
        let scene = try await Scene(flow, world)
        let base = scene.shop.store
        let letter = Letter()
        let dying = FaultInjectingStore(base) { number, transaction in
            guard number == sent else { return nil }
            letter.transaction.withLock { $0 = transaction }
            return .crashBefore
        }
        _ = try? await scene.run(dying, seed: 10)
        guard let late = letter.transaction.withLock({ $0 }) else { return nil }

        let crossed = FaultInjectingStore(
            base,
            beforeCommit: { number in if number == arrival { _ = try? await base.commit(late) } }
        )
        _ = try? await scene.run(crossed, seed: 11, hasWorker: arrival != nil)
        if arrival == nil { _ = try? await base.commit(late) }
        // The second process may have lost the race for the purchase.
        let outcome = try await scene.run(base, seed: 12, hasWorker: arrival != nil)
        let place = "\(flow), \(world), commit \(sent) arrives before \(arrival.map(String.init) ?? "the end")"
        let isConfirmed = try await scene.expectAllOrNothing(place)
        #expect(isConfirmed == (world == .allGoesWell), "\(place): \(outcome)")
        return arrival.map { crossed.commitCount >= $0 } ?? true
    }

    /// What a process has sent before it died.
    private final class Letter: Sendable {
        let transaction = Mutex<Transaction?>(nil)
    }

    /// Buys with a fault in each process; false when there were fewer commits.
    private func isReached(
        _ faults: [(fault: CommitFault, commit: Int)],
        _ flow: CheckoutFlow,
        _ world: World
    ) async throws -> Bool {
        let scene = try await Scene(flow, world)
        for (index, fault) in faults.enumerated() {
            let faulty = FaultInjectingStore(scene.shop.store)
            faulty.inject(fault.fault, atCommit: fault.commit)
            _ = try? await scene.run(faulty, seed: UInt64(10 + index))
            guard faulty.unfiredFaults.isEmpty else { return false }
        }
        let place = "\(flow), \(world), " + faults.map { "\($0.fault) at commit \($0.commit)" }.joined(separator: ", ")
        let outcome = try await scene.run(scene.shop.store, seed: 20)
        let isConfirmed = try await scene.expectAllOrNothing(place)
        #expect(isConfirmed == (world == .allGoesWell), "\(place): \(outcome)")
        return true
    }

    /// As a sweeper does whose clock is fast, or an operator.
    @Test(arguments: CheckoutFlow.allCases, [true, false])
    func aHoldThatIsEndedAtAnyMomentIsPaidForInFullOrNotAtAll(_ flow: CheckoutFlow, _ isSwept: Bool) async throws {
        var number = 1
        var isOver = false
        var failures: Set<OrderFailureReason> = []
        while !isOver {
            let scene = try await Scene(flow, .allGoesWell)
            let shop = scene.shop
            let interrupted = number
            let store = FaultInjectingStore(
                shop.store,
                beforeCommit: { commit in
                    guard commit == interrupted else { return }
                    let now = shop.clock.wall.now
                    if isSwept {
                        _ = try? await shop.redemptions.expire(dueBy: now.advanced(by: .hours(1)), limit: 10)
                    } else {
                        _ = try? await shop.redemptions.release(RedemptionID(bits: Self.order.bits), at: now)
                    }
                }
            )
            let outcome = try await scene.run(store, seed: 10)
            isOver = store.commitCount < number
            let isConfirmed = try await scene.expectAllOrNothing("\(flow), ended before commit \(number)")
            if !isConfirmed {
                guard case .refused(.coupon) = outcome else {
                    Issue.record("\(flow), ended before commit \(number): \(outcome)")
                    return
                }
                if let reason = try await shop.orders.load(Self.order).root.failure { failures.insert(reason) }
            }
            number += 1
        }
        #expect(failures == [isSwept ? .timedOut : .couponRefused])
    }
}
