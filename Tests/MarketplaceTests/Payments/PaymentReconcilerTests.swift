import Marketplace
import MarketplaceTestKit
import Synchronization
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

    @Test func manyMovementsAreComparedPartByPartWithTheSameReport() async throws {
        let shop = PaymentShop()
        let count = 700
        for number in 1...count {
            let id = PaymentID(bits: UInt128(5_000 + number * 7))
            try await shop.captured(id, 100)
            if number.isMultiple(of: 2) {
                try await shop.payments().refund(id, PaymentShop.won(Int64(number % 50 + 1)), by: .system, key: "r")
            }
            // By hand at the gateway, of which nothing is known here.
            if number.isMultiple(of: 90) {
                _ = try await shop.gateway.refund(
                    PaymentShop.won(3),
                    of: id,
                    key: IdempotencyKey(stringLiteral: "console-\(number)")
                )
            }
        }
        let whole = try await Self.report(shop)
        #expect(whole.matchedCount == count + count / 2)
        #expect(whole.matchedCount > PaymentReconciler.pageSize, "more than a page")
        #expect(whole.differences.count == count / 90)
        for limit in [100, 1_000, 2_106, 2_107] {
            let statement = CountingStatement(shop.gateway)
            let reconciler = PaymentReconciler(
                in: shop.environment(),
                statement: statement,
                movementLimit: limit
            )
            let report = try await reconciler.report()
            #expect(report == whole, "\(limit)")
            // Both sides together have 2,107 movements.
            let parts = limit >= 2_107 ? 0 : 1 + 2 * 2_107 / limit
            #expect(statement.readingCount == 1 + parts, "\(limit)")
        }
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

/// A statement that counts how often it is read from its beginning.
final class CountingStatement: GatewayStatement {
    private let statement: any GatewayStatement
    private let readings = Mutex(0)

    init(_ statement: any GatewayStatement) {
        self.statement = statement
    }

    var readingCount: Int { readings.withLock { $0 } }

    func movements(after cursor: String?, limit: Int) async throws(PaymentGatewayError) -> GatewayStatementPage {
        if cursor == nil { readings.withLock { $0 += 1 } }
        return try await statement.movements(after: cursor, limit: limit)
    }
}
