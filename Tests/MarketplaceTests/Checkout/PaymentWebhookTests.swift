import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

struct PaymentWebhookTests {
    private let request = PaidShop.request()

    @Test func aPurchaseWaitsForTheWebhook() async throws {
        let shop = try await PaidShop(stock: .units(5))
        let checkout = shop.checkout(confirmation: .webhook(within: .minutes(15)))
        let handle = try await checkout.start(request)
        async let outcome = handle.outcome()
        // Whoever waits for the end sleeps once the saga is parked.
        await shop.clock.waitForSleepers()
        #expect(try await shop.orders.load(request.order).root.status == .pending)
        #expect(try await shop.inventory.stock(of: "espresso")?.allocated == 0)

        #expect(try await checkout.paymentConfirmed(order: request.order, reference: "pg-1", by: .system) == .accepted)
        shop.clock.advance(by: .seconds(5))
        guard case .completed = try await outcome else {
            Issue.record("not confirmed")
            return
        }
        #expect(try await shop.expectAllOrNothing(request))
    }

    @Test func anEarlyWebhookIsKeptAndRepeatedOnesAreHarmless() async throws {
        let script = GatewayScript([.authorize: GatewayRates(slow: .percent(100), delay: .minutes(1))])
        let shop = try await PaidShop(stock: .units(5), script)
        let checkout = shop.checkout(confirmation: .webhook(within: .minutes(15)))
        #expect(try await checkout.paymentConfirmed(order: request.order, by: .system) == .unknownOrder)
        let handle = try await checkout.start(request)
        await shop.clock.waitForSleepers()
        for _ in 0..<3 { #expect(try await checkout.paymentConfirmed(order: request.order, by: .system) == .accepted) }
        let outcome = try await shop.clock.advancing { try await handle.outcome() }
        guard case .completed = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(try await shop.expectAllOrNothing(request))
        #expect(try await checkout.paymentConfirmed(order: request.order, by: .system) == .tooLate)
    }

    @Test func aWebhookThatDoesNotComeInTimeUndoesThePurchase() async throws {
        let shop = try await PaidShop(stock: .units(5))
        let checkout = shop.checkout(confirmation: .webhook(within: .minutes(1)))
        let handle = try await checkout.start(request)
        guard case .aborted(_, let abort) = try await shop.end(of: handle, at: checkout) else {
            Issue.record("not undone")
            return
        }
        #expect(abort.cause == .deadline)
        #expect(try await shop.expectAllOrNothing(request) == false)
        #expect(try await shop.orders.load(request.order).root.failure == .timedOut)
        #expect(try await checkout.paymentConfirmed(order: request.order, by: .system) == .tooLate)
        #expect(try await shop.expectAllOrNothing(request) == false)
    }

    @Test func aBuyerWhoCallsItOffGetsTheMoneyBack() async throws {
        let shop = try await PaidShop(stock: .units(5))
        let checkout = shop.checkout(confirmation: .webhook(within: .minutes(15)))
        let handle = try await checkout.start(request)
        #expect(
            try await checkout.cancel(request.order, because: "changed my mind", by: .buyer(request.buyer)) == .accepted
        )
        guard case .aborted(_, let abort) = try await shop.end(of: handle, at: checkout) else {
            Issue.record("not undone")
            return
        }
        #expect(abort.cause == .cancelled)
        #expect(try await shop.expectAllOrNothing(request) == false)
    }

    @Test func anUnpaidOrderIsCalledOffAtItsTimeLimit() async throws {
        let script = GatewayScript([.authorize: GatewayRates(slow: .percent(100), delay: .minutes(60))])
        let shop = try await PaidShop(stock: .units(5), script)
        let checkout = shop.checkout(timeLimit: .minutes(30))
        let outcome = try await shop.place(request, at: checkout)
        guard case .refused(.other(let abort)) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(abort.cause == .deadline)
        #expect(try await shop.expectAllOrNothing(request) == false)
        #expect(try await shop.orders.load(request.order).root.failure == .timedOut)
    }
}
