import Marketplace
import MarketplaceTestKit
import Testing

/// A process dies before or after every commit of every operation; another one finds out what became of it.
struct PaymentCrashTests {
    private static let id = PaymentShop.payment

    @Test(arguments: PaymentOperationKind.allCases, [CommitFault.crashBefore, .crashAfter, .loseAnswer, .loseRequest])
    func whateverCrashesThePaymentAndTheGatewayAgreeInTheEnd(
        _ kind: PaymentOperationKind,
        _ fault: CommitFault
    ) async throws {
        for number in 1...2 {
            let shop = PaymentShop()
            switch kind {
            case .authorize: try await shop.begun()
            case .capture, .void: try await shop.authorized()
            case .refund: try await shop.captured()
            }
            let store = FaultInjectingStore(shop.base)
            store.inject(fault, atCommit: number)
            let error = await paymentError { () async throws(PaymentError) in
                try await Self.call(kind, at: shop.payments(over: store))
            }
            #expect(store.firedFaults.count == 1, "the fault did not fire: \(kind) \(number)")
            // Whoever sees the error must not take it for "no money moved" when it did.
            let before = try shop.gateway.entries().filter { $0.kind == kind }.count
            if before > 0, let error { #expect(error.effect == .unknown, "\(kind) \(number): \(error)") }
            shop.clock.advance(by: .seconds(61))
            _ = try await shop.payments().resolveUnknown()
            try await shop.expectAgreement(Self.id, "\(kind), \(fault), commit \(number)")
            // And the caller's repetition does it at most once.
            try await Self.call(kind, at: shop.payments())
            #expect(try shop.gateway.entries().filter { $0.kind == kind }.count == 1)
            try await shop.expectAgreement(Self.id, "\(kind), \(fault), commit \(number), repeated")
        }
    }

    private static func call(_ kind: PaymentOperationKind, at payments: Payments) async throws(PaymentError) {
        switch kind {
        case .authorize: try await payments.authorize(id, confirming: PaymentShop.won(100), by: .system, key: "k")
        case .capture: try await payments.capture(id, by: .system, key: "k")
        case .void: try await payments.void(id, by: .system, key: "k")
        case .refund: try await payments.refund(id, PaymentShop.won(60), by: .system, key: "k")
        }
    }
}
