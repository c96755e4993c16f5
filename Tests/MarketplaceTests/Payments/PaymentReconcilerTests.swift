import Marketplace
import MarketplaceTestKit
import Testing

struct PaymentReconcilerTests {
    private static func report(_ shop: PaymentShop) async throws -> PaymentReconciliation {
        let runner = ProjectionRunner(
            PaymentBook(codec: .json),
            store: shop.base,
            signal: shop.base,
            identifiers: SeededIdentifiers(seed: 90)
        )
        try await runner.catchUp()
        return try await PaymentReconciler(in: shop.environment(), statement: shop.gateway).report()
    }

    /// What a reconciliation says of a store and a gateway.
    static func report(
        of store: InMemoryStore,
        _ statement: any GatewayStatement,
        _ clock: ManualClock
    ) async throws -> PaymentReconciliation {
        let identifiers = SeededIdentifiers(seed: 91)
        let runner = ProjectionRunner(PaymentBook(codec: .json), store: store, signal: store, identifiers: identifiers)
        try await runner.catchUp()
        let environment = ServiceEnvironment(
            store: store,
            codec: .json,
            identifiers: identifiers,
            wallClock: clock.wall
        )
        return try await PaymentReconciler(in: environment, statement: statement).report()
    }

    @Test func whatEverySideRecordedIsReconciled() async throws {
        let shop = PaymentShop()
        for number in 1...3 {
            let id = PaymentID(bits: UInt128(100 + number))
            try await shop.captured(id, 100)
            try await shop.payments().refund(id, PaymentShop.won(Int64(number)), by: .system, key: "r")
        }
        let report = try await Self.report(shop)
        #expect(report.isReconciled)
        #expect(report.matchedCount == 6)
        #expect(
            report.description == """
                KRW: captured 300 here, 300 there; refunded 6 here, 6 there (minor units): balanced
                6 movements matched: reconciled
                """
        )
    }

    @Test func whatTheGatewayAloneHasDoneIsMissingHere() async throws {
        let shop = PaymentShop()
        try await shop.captured()
        _ = try await shop.gateway.refund(PaymentShop.won(40), of: PaymentShop.payment, key: "console-1")
        let report = try await Self.report(shop)
        #expect(
            report.differences == [
                .missingHere(
                    PaymentMovement(
                        payment: PaymentShop.payment,
                        kind: .refund,
                        key: "console-1",
                        amount: PaymentShop.won(40)
                    )
                )
            ]
        )
        #expect(!report.isReconciled)
        #expect(report.totals.map(\.isBalanced) == [false])
    }

    @Test func aStatementIsReadPageByPage() async throws {
        let shop = PaymentShop()
        try await shop.captured()
        var movements: [PaymentMovement] = []
        var cursor: String?
        repeat {
            let page = try await shop.gateway.movements(after: cursor, limit: 1)
            movements += page.movements
            cursor = page.next
        } while cursor != nil
        #expect(movements.map(\.kind) == [.capture])
        #expect(try await shop.gateway.movements(after: "nonsense", limit: .max).movements == movements)
    }
}
