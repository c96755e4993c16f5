import Marketplace
import MarketplaceTestKit
import Testing

/// A refund as store credit: nothing leaves the gateway, and the buyer has it once.
struct RefundAsCreditTests {
    private static let id = PaymentShop.payment

    private static func available(_ shop: PaymentShop) async throws -> Int64 {
        try await StoreCredits(in: shop.environment()).balance(of: PaymentShop.buyer, .krw, by: .system).available
            .minorUnits
    }

    @Test func moneyStaysAtTheGatewayAndTheBuyerHasTheCredit() async throws {
        let shop = PaymentShop()
        try await shop.captured()
        for _ in 0..<2 {
            try await shop.payments().refund(
                Self.id,
                PaymentShop.won(30),
                to: .storeCredit,
                by: PaymentShop.staff,
                key: "credit"
            )
        }
        let payment = try await shop.payments().refund(Self.id, by: PaymentShop.staff, key: "rest")
        #expect(payment.status == .refunded)
        #expect(try await Self.available(shop) == 30)
        #expect(try shop.moved()?.refunded == PaymentShop.won(70))
        let report = try await PaymentReconcilerTests.report(of: shop.base, shop.gateway, shop.clock)
        #expect(report.isReconciled, "\(report)")
    }

    @Test(arguments: [CommitFault.crashBefore, .crashAfter, .loseAnswer, .loseRequest])
    func whateverCrashesTheCreditIsGivenOnce(_ fault: CommitFault) async throws {
        for number in 1...3 {
            let shop = PaymentShop()
            try await shop.captured()
            let faulty = FaultInjectingStore(shop.base)
            faulty.inject(fault, atCommit: number)
            func give(over store: any Store) async throws {
                try await shop.payments(over: store).refund(
                    Self.id,
                    PaymentShop.won(30),
                    to: .storeCredit,
                    by: .system,
                    key: "credit"
                )
            }
            try? await give(over: faulty)
            #expect(faulty.unfiredFaults.isEmpty)
            shop.clock.advance(by: .seconds(61))
            #expect(try await shop.payments().resolveUnknown().open == [])
            try await give(over: shop.base)
            #expect(try await Self.available(shop) == 30, "\(fault) at commit \(number)")
            #expect(try await shop.load().amounts?.refunded == PaymentShop.won(30))
            #expect(try shop.moved()?.refunded == PaymentShop.won(0))
        }
    }

    @Test func aBuyerChoosesWhereTheRefundsOfAPurchaseGo() async throws {
        let shop = try await TenderShop()
        _ = try await shop.place()
        let payments = shop.checkout().payments
        let stranger = CommandActor.buyer(MemberID(bits: 99))
        for (purchase, actor) in [(TenderShop.purchase, stranger), (PaymentID(bits: 404), .buyer(TenderShop.buyer))] {
            await #expect(throws: PaymentError.self) {
                try await payments.sendRefunds(to: .storeCredit, of: purchase, by: actor)
            }
        }
        let owner = CommandActor.buyer(TenderShop.buyer)
        try await payments.sendRefunds(to: .storeCredit, of: TenderShop.purchase, by: owner)
        let orders = Orders(in: shop.environment(seed: 50), gateway: shop.gateway, inventory: shop.inventory)
        try await orders.cancel(TenderShop.order, because: .buyerRequest, by: owner, key: "cancel")
        #expect(try shop.gateway.entries().count { $0.kind == .refund } == 0)
        #expect(try await shop.balance().available == TenderShop.won(9_000))
        let report = try await PaymentReconcilerTests.report(of: shop.base, shop.gateway, shop.clock)
        #expect(report.isReconciled, "\(report)")
    }
}
