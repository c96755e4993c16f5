import Marketplace
import MarketplaceTestKit
import Synchronization
import TestSupport
import Testing

/// Refunds of returns that the gateway refuses for good, and operators who ask for them anew.
@Suite struct ReturnRetryTests {
    private typealias Desk = ReturnDesk
    private static let id = ReturnID(bits: 1)

    private static func key(_ attempt: Int) -> IdempotencyKey {
        IdempotencyKey(stringLiteral: "\(PaymentID(bits: Desk.order.bits))/refund/return \(id)/\(attempt)")
    }

    /// A return of everything whose refund the gateway has refused.
    private static func refused() async throws -> (desk: Desk, gateway: MovingGateway) {
        let desk = Desk()
        try await desk.sell([Desk.line(0, 2, 1_000)])
        try await desk.deliver()
        let gateway = MovingGateway(desk.gateway)
        gateway.refuse(key(1))
        let returns = returns(desk, gateway)
        try await returns.request(id, of: Desk.order, [Desk.item(0, 2)], by: Desk.asBuyer, key: "request")
        try await returns.approve(id, by: Desk.asSeller, key: "approve")
        await #expect(throws: ReturnsError.self) {
            try await returns.receive(id, [Desk.back(0, 2)], by: Desk.asSeller, key: "receive")
        }
        return (desk, gateway)
    }

    private static func returns(_ desk: Desk, _ gateway: any PaymentGateway) -> Returns {
        let payments = Payments(in: desk.environment(), gateway: gateway)
        return Returns(in: desk.environment(), payments: payments, inventory: desk.inventory)
    }

    // Each of them had an attempt of their own, and the gateway performed both.
    @Test func twoWhoRetryAtOnceAskForOneAttempt() async throws {
        let (desk, gateway) = try await Self.refused()
        gateway.timeOut(Self.key(2))
        let other = Self.returns(desk, gateway)
        // The second operator comes when the first knows only that the first attempt was refused.
        let hooked = InterruptedGateway(gateway, at: Self.key(1)) {
            _ = try? await other.retryRefund(of: Self.id, by: Desk.staff, key: "second")
        }
        let first = Self.returns(desk, hooked)
        await #expect(throws: ReturnsError.self) {
            try await first.retryRefund(of: Self.id, by: Desk.staff, key: "first")
        }
        #expect(hooked.isInterrupted)
        #expect(gateway.count(of: Self.key(2)) > 0 && gateway.count(of: Self.key(3)) == 0)
        gateway.recover()
        for key in ["first", "second", "third"] as [IdempotencyKey] {
            let value = try await first.retryRefund(of: Self.id, by: Desk.staff, key: key)
            #expect(value.isSettled)
        }
        #expect(try desk.refunded() == 2_000)
        #expect(try desk.gateway.entries().count { $0.kind == .refund } == 1)
    }

    @Test func manyWhoRetryAtOnceAreGivenTheMoneyOnce() async throws {
        let (desk, gateway) = try await Self.refused()
        let returns = Self.returns(desk, gateway)
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<6 {
                group.addTask {
                    let key = IdempotencyKey(unchecked: "retry \(number)")
                    _ = try? await returns.retryRefund(of: Self.id, by: Desk.staff, key: key)
                }
            }
        }
        #expect(try await returns.settle(Self.id).isSettled)
        #expect(try desk.refunded() == 2_000)
        #expect(try desk.gateway.entries().count { $0.kind == .refund } == 1)
    }

    // It was given under another key as well.
    @Test func whatTheGatewayPerformedAfterAllIsNotGivenAgain() async throws {
        let (desk, gateway) = try await Self.refused()
        try await gateway.performLate(Self.key(1))
        let value = try await Self.returns(desk, gateway).retryRefund(of: Self.id, by: Desk.staff, key: "retry")
        #expect(value.isSettled)
        #expect(gateway.count(of: Self.key(2)) == 0)
        #expect(try desk.refunded() == 2_000)
        let payment = try await desk.payments().payment(PaymentID(bits: Desk.order.bits), by: .system)
        #expect(payment?.amounts?.refunded == Desk.eur(2_000))
    }

    @Test func whatTheGatewayHasNotDecidedIsNotAskedForAnew() async throws {
        let (desk, gateway) = try await Self.refused()
        gateway.leaveOpen(Self.key(1))
        let failure = await #expect(throws: ReturnsError.self) {
            try await Self.returns(desk, gateway).retryRefund(of: Self.id, by: Desk.staff, key: "retry")
        }
        #expect(failure?.effect == .unknown)
        #expect(gateway.count(of: Self.key(2)) == 0)
    }
}

/// A gateway during whose first answer about a key something else happens.
private final class InterruptedGateway: PaymentGateway {
    private let base: any PaymentGateway
    private let key: IdempotencyKey
    private let interruption: @Sendable () async -> Void
    private let wasInterrupted = Mutex(false)

    init(
        _ base: any PaymentGateway,
        at key: IdempotencyKey,
        by interruption: @escaping @Sendable () async -> Void
    ) {
        self.base = base
        self.key = key
        self.interruption = interruption
    }

    var isInterrupted: Bool { wasInterrupted.withLock { $0 } }

    func perform(_ request: GatewayRequest) async throws(PaymentGatewayError) -> GatewayReceipt {
        try await base.perform(request)
    }

    func lookUp(_ key: IdempotencyKey) async throws(PaymentGatewayError) -> GatewayLookUp {
        let isFirst = wasInterrupted.withLock { was in
            defer { was = was || key == self.key }
            return !was && key == self.key
        }
        let answer = try await base.lookUp(key)
        if isFirst { await interruption() }
        return answer
    }
}
