import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

struct PayFirstTests {
    @Test func aPurchaseIsChargedTakenAndConfirmed() async throws {
        let shop = try await PaidShop(stock: .units(5))
        let request = PaidShop.request(.units(2))
        guard case .confirmed(let purchase) = try await shop.place(request) else {
            Issue.record("not confirmed")
            return
        }
        #expect(purchase.total == Money(minorUnits: 9_000, .krw))
        #expect(try await shop.expectAllOrNothing(request))
        #expect(try await shop.inventory.stock(of: "espresso")?.allocated == 2)
        #expect(try await shop.inventory.stock(of: "espresso")?.held == 0)
    }

    @Test func whoeverComesTooLateIsRefundedAndTheOrderFailsInsteadOfBeingCancelled() async throws {
        let shop = try await PaidShop(stock: .one)
        let request = PaidShop.request(.units(2))
        guard case .refused(.stock(let refusal)) = try await shop.place(request) else {
            Issue.record("not refused")
            return
        }
        #expect(refusal == .insufficientStock("espresso", requested: 2, available: 1))
        let order = try await shop.orders.load(request.order).root
        #expect(order.status == .failed)
        #expect(order.failure == .outOfStock)
        let payment = try await shop.payments.load(PaymentID(bits: 1)).root
        #expect(payment.status == .refunded)
        #expect(try shop.gateway.entries().totals()[PaymentID(bits: 1)]?.refunded == Money(minorUnits: 9_000, .krw))
        #expect(try await shop.inventory.stock(of: "espresso")?.available == 1)
    }

    @Test func aDeclinedChargeTakesNothing() async throws {
        let script = GatewayScript([.authorize: GatewayRates(declined: .percent(100))])
        let shop = try await PaidShop(stock: .units(5), script)
        guard case .refused(.payment(let error)) = try await shop.place(PaidShop.request()) else {
            Issue.record("not refused")
            return
        }
        #expect(error.code == .declined)
        #expect(try await shop.expectAllOrNothing(PaidShop.request()) == false)
        #expect(try await shop.orders.load(OrderID(bits: 1)).root.failure == .paymentRefused)
        #expect(try await shop.payments.load(PaymentID(bits: 1)).root.status == .failed)
    }

    @Test func aRefusedCaptureFreesWhatWasSetAside() async throws {
        let script = GatewayScript([.capture: GatewayRates(declined: .percent(100))])
        let shop = try await PaidShop(stock: .units(5), script)
        guard case .refused(.payment) = try await shop.place(PaidShop.request()) else {
            Issue.record("not refused")
            return
        }
        #expect(try await shop.expectAllOrNothing(PaidShop.request()) == false)
        let moved = try #require(try shop.gateway.entries().totals()[PaymentID(bits: 1)])
        #expect(moved.voided == moved.authorized)
    }

    /// How the gateway fails at one request, and how often in a row.
    struct GatewayFailure: CustomTestStringConvertible, Sendable {
        let request: String
        let behavior: GatewayBehavior
        let count: Int

        var testDescription: String { "\(behavior) at \(request), \(count) times" }

        static let all = ["authorize", "capture", "void", "refund"].flatMap { request in
            [
                .decline("no"), .timeOutBeforeEffect, .timeOutAfterEffect, .failToConnect,
                .answerAfter(.minutes(20)),
            ].flatMap { (behavior: GatewayBehavior) in
                [1, 3, 25].map { GatewayFailure(request: request, behavior: behavior, count: $0) }
            }
        }

        func script(for payment: PaymentID) throws -> GatewayScript {
            var script = GatewayScript.approving
            let key = try IdempotencyKey("\(payment)/\(request)\(request == "authorize" ? "" : "/charge")")
            script[key] = Array(repeating: behavior, count: count)
            return script
        }
    }

    @Test(arguments: GatewayFailure.all, [Quantity.one, .units(3)])
    func everyFailureOfTheGatewayAtEveryRequestIsClearedUp(_ failure: GatewayFailure, wanted: Quantity) async throws {
        let shop = try await PaidShop(stock: .units(2), try failure.script(for: PaymentID(bits: 1)))
        let request = PaidShop.request(wanted)
        let outcome = try await shop.place(request)
        if case .stuck(let stuck) = outcome {
            let isRefundDeclined = failure.request == "refund" && stuck.direction == .backward
            #expect(isRefundDeclined, "\(failure.testDescription): \(stuck)")
            return
        }
        let isConfirmed = try await shop.expectAllOrNothing(request, failure.testDescription)
        if case .confirmed = outcome { #expect(isConfirmed) } else { #expect(!isConfirmed) }
        if wanted > .units(2) { #expect(!isConfirmed) }
    }

    @Test func aTakeThatComesAfterTheRefundIsRefused() async throws {
        let shop = try await PaidShop(stock: .one)
        let request = PaidShop.request(.units(2))
        _ = try await shop.place(request)
        try shop.inventory.record(
            .restock(id: MovementID(bits: 2), sku: "espresso", quantity: .units(5), at: shop.clock.wall.now)
        )
        let late = ReservationRequest(
            id: ReservationID(bits: 1),
            lines: [ReservationLine("espresso", .units(2))],
            member: MemberKey(request.buyer),
            deadline: shop.clock.wall.now.advanced(by: .minutes(1)),
            at: shop.clock.wall.now
        )
        #expect(throws: InventoryError.self) { try shop.inventory.reserve(late) }
        #expect(try await shop.inventory.stock(of: "espresso")?.available == 6)
    }

    @Test func theSameOrderIsBoughtOnceWhateverTheFlow() async throws {
        let shop = try await PaidShop(stock: .units(5))
        let request = PaidShop.request()
        let first = shop.checkout(.reserveFirst)
        guard case .confirmed = try await shop.place(request, at: first) else {
            Issue.record("not confirmed")
            return
        }
        let second = shop.checkout(.payFirst, seed: 2)
        guard case .confirmed(let purchase) = try await shop.place(request, at: second) else {
            Issue.record("not found")
            return
        }
        let captured = try shop.gateway.entries().totals()[PaymentID(bits: 1)]?.captured
        #expect(captured == purchase.total)
        #expect(try await shop.inventory.stock(of: "espresso")?.allocated == 1)
    }

    @Test func aPaymentThatComesAfterTheHoldHasExpiredIsSetFree() async throws {
        let script = GatewayScript([.authorize: GatewayRates(slow: .percent(100), delay: .minutes(11))])
        let shop = try await PaidShop(stock: .units(5), script)
        let outcome = try await shop.place(PaidShop.request(), at: shop.checkout(.reserveFirst))
        guard case .refused(.stock(.expired)) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(try await shop.orders.load(OrderID(bits: 1)).root.failure == .timedOut)
        let moved = try #require(try shop.gateway.entries().totals()[PaymentID(bits: 1)])
        #expect(moved.voided == moved.authorized)
        #expect(try await shop.inventory.stock(of: "espresso")?.available == 5)
    }
}
