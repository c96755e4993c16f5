import Marketplace
import MarketplaceTestKit
import Synchronization
import TestSupport
import Testing

/// The gateway has answered, and the answer cannot be recorded: the money has moved all the same.
struct UnrecordedAnswerTests {
    private let clock = ManualClock()
    private let identifiers = SeededIdentifiers(seed: 1)
    private let inventory = InMemoryInventory()

    private func place(over store: any Store, _ gateway: any PaymentGateway) async throws -> CheckoutOutcome {
        try inventory.record(
            .restock(id: MovementID(bits: 1), sku: "espresso", quantity: .units(5), at: clock.wall.now)
        )
        let checkout = Checkout(
            store: store,
            inventory: inventory,
            gateway: gateway,
            codec: .json,
            identifiers: identifiers,
            configuration: CheckoutConfiguration(gatewayTimeout: nil),
            wallClock: clock.wall,
            clock: clock
        )
        let line = OrderLine(sku: "espresso", quantity: .one, unitPrice: Money(minorUnits: 4_500, .krw))
        let request = CheckoutRequest(order: OrderID(bits: 1), buyer: MemberID(bits: 1), lines: [line])
        return try await clock.advancing { try await checkout.place(request) }
    }

    @Test func moneyThatWasTakenIsNeverTheMoneyOfARefusedPurchase() async throws {
        let base = InMemoryStore(wallClock: clock.wall, clock: clock)
        let store = FaultInjectingStore(
            base,
            rule: { _, transaction in
                transaction.appends.contains { $0.events.contains { $0.name == PaymentCaptured.eventName } }
                    ? .unavailable : nil
            }
        )
        let gateway = ScriptedPaymentGateway(GatewayScript([:]), seed: 1, clock: clock)
        guard case .stuck(let stuck) = try await place(over: store, gateway) else {
            Issue.record("not stuck, though the money was taken and that could not be recorded")
            return
        }
        #expect(stuck.step == "capture payment")
        #expect(try gateway.entries().totals()[PaymentID(bits: 1)]?.captured == Money(minorUnits: 4_500, .krw))
        #expect(try await inventory.stock(of: "espresso")?.allocated == 1)
    }

    @Test func anAuthorizationOfAnotherAmountIsVoided() async throws {
        let gateway = HalfwayGateway()
        let store = InMemoryStore(wallClock: clock.wall, clock: clock)
        guard case .refused = try await place(over: store, gateway) else {
            Issue.record("not refused")
            return
        }
        #expect(gateway.kinds.last == "void")
        #expect(try await inventory.stock(of: "espresso")?.available == 5)
    }
}

/// A gateway that sets aside less than it was asked for.
private final class HalfwayGateway: PaymentGateway {
    private let state = Mutex<(kinds: [String], receipts: [IdempotencyKey: GatewayReceipt])>(([], [:]))

    var kinds: [String] { state.withLock { $0.kinds } }

    func perform(_ request: GatewayRequest) async throws(PaymentGatewayError) -> GatewayReceipt {
        var receipt = GatewayReceipt(reference: "half", amount: nil)
        var kind = "void"
        if case .authorize(let amount) = request.operation {
            kind = "authorize"
            receipt = GatewayReceipt(
                reference: "half",
                amount: Money(minorUnits: amount.minorUnits / 2, amount.currency)
            )
        }
        return state.withLock { state in
            state.kinds.append(kind)
            state.receipts[request.key] = receipt
            return receipt
        }
    }

    func lookUp(_ key: IdempotencyKey) async throws(PaymentGatewayError) -> GatewayLookUp {
        state.withLock { $0.receipts[key].map(GatewayLookUp.performed) ?? .neverSeen }
    }
}
