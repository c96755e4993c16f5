import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

/// A process dies at any commit, or is not answered, by the store or by the gateway: all takes effect once.
@Suite struct ReturnRepetitionTests {
    private typealias Desk = ReturnDesk
    private static let id = ReturnID(bits: 1)
    private static let payment = PaymentID(bits: Desk.order.bits)

    private static func received(_ script: GatewayScript = .approving) async throws -> Desk {
        let desk = Desk(script)
        try await desk.sell([Desk.line(0, 3, 1_000), Desk.line(1, 1, 500)])
        try await desk.deliver()
        try await desk.returns().request(
            id,
            of: Desk.order,
            [Desk.item(0, 2), Desk.item(1)],
            by: Desk.asBuyer,
            key: "r"
        )
        try await desk.returns().approve(id, by: Desk.asSeller, key: "approve")
        return desk
    }

    private static let units = [Desk.back(0, 2), Desk.back(1, 1, .writeOff)]

    private static func expectSettledOnce(_ desk: Desk, _ place: String) async throws {
        let value = try await desk.returns().value(id, by: .system)
        #expect(value.isSettled && value.refunded == Desk.eur(2_500), "\(place)")
        #expect(try desk.refunded() == 2_500, "\(place)")
        #expect(try desk.gateway.entries().count { $0.kind == .refund && $0.refusal == nil } == 1, "\(place)")
        #expect(try await desk.inventory.stock(of: "sku-0")?.onHand == 2, "\(place)")
        #expect(try await desk.inventory.stock(of: "sku-1")?.damaged == 1, "\(place)")
        #expect(try await desk.orders.order(Desk.order, by: .system).units.map(\.returned) == [2, 1], "\(place)")
        let names = try await desk.base.events(after: .start, matching: .all, limit: 1_000).events.map(\.name)
        #expect(names.count { $0 == ReturnCompleted.eventName } == 1, "\(place)")
        #expect(names.count { $0 == ReturnSettled.eventName } == 1, "\(place)")
        try await desk.takeBack(ReturnID(bits: 2), [Desk.item(0)])
        #expect(try desk.refunded() == 3_500, "\(place)")
    }

    @Test(arguments: [CommitFault.crashBefore, .crashAfter, .loseAnswer, .loseRequest])
    func aReceiptThatWasInterruptedAnywhereIsSettledOnceInTheEnd(_ fault: CommitFault) async throws {
        var commit = 1
        while true {
            let desk = try await Self.received()
            let faulty = FaultInjectingStore(desk.base)
            faulty.inject(fault, atCommit: commit)
            _ = try? await desk.returns(over: faulty).receive(Self.id, Self.units, by: Desk.asSeller, key: "receive")
            guard faulty.unfiredFaults.isEmpty else { break }
            let place = "\(fault) at commit \(commit)"
            let failures = try await desk.returns().sweep().failures
            #expect(failures.isEmpty, "\(place)")
            // The seller, who was not answered, asks again.
            try await desk.returns().receive(Self.id, Self.units, by: Desk.asSeller, key: "receive")
            try await Self.expectSettledOnce(desk, place)
            commit += 1
        }
        // Received, completed, two lines noted, the refund begun and performed, settled.
        #expect(commit == 8)
    }

    @Test func twoProcessesThatSettleAtOnceDoItOnce() async throws {
        let desk = try await Self.received()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    // Whoever is told that the refund is under way finds it done later.
                    _ = try? await desk.returns().receive(Self.id, Self.units, by: Desk.asSeller, key: "receive")
                }
            }
            try await group.waitForAll()
        }
        let failures = try await desk.returns().sweep().failures
        #expect(failures.isEmpty)
        try await Self.expectSettledOnce(desk, "four at once")
    }

    @Test(arguments: [GatewayBehavior.timeOutBeforeEffect, .timeOutAfterEffect, .failToConnect])
    func aRefundThatIsNotAnsweredIsGivenOnce(_ behavior: GatewayBehavior) async throws {
        var script = GatewayScript()
        script[IdempotencyKey(stringLiteral: "\(Self.payment)/refund/return \(Self.id)/1")] = [behavior, behavior]
        let desk = try await Self.received(script)
        var attempts = 1
        while attempts < 5 {
            do throws(ReturnsError) {
                try await desk.returns().receive(Self.id, Self.units, by: Desk.asSeller, key: "receive")
                break
            } catch {
                guard case .payment(let cause) = error else { throw error }
                #expect(cause.isRetriable && cause.effect != .refused)
                attempts += 1
            }
        }
        #expect(attempts == (behavior == .timeOutAfterEffect ? 1 : 3))
        try await Self.expectSettledOnce(desk, "\(behavior)")
    }

    @Test func aRefundThatTheGatewayRefusesWaitsForAnOperator() async throws {
        var script = GatewayScript()
        let first = "\(Self.payment)/refund/return \(Self.id)/1"
        script[IdempotencyKey(stringLiteral: first)] = [.decline("closed account")]
        let desk = try await Self.received(script)
        let returns = desk.returns()
        for _ in 0..<3 {
            let sweep = try await returns.sweep()
            #expect(sweep.settled == 0)
            await #expect(throws: ReturnsError.self) {
                try await returns.receive(Self.id, Self.units, by: Desk.asSeller, key: "receive")
            }
        }
        #expect(try await returns.sweep().failures.map(\.id) == [Self.id])
        #expect(try desk.refunded() == 0)
        for _ in 0..<3 { try await returns.retryRefund(of: Self.id, by: Desk.staff, key: "retry") }
        try await Self.expectSettledOnce(desk, "retried")
    }

    // A seed of this library refunded what was called off once by the command and once more by its event.
    @Test func aCancellationAndTheEventThatTellsOfItRefundOnce() async throws {
        let desk = Desk()
        try await desk.sell([Desk.line(0, 3, 1_000)])
        try await desk.orders.cancel(Desk.order, because: .buyerRequest, by: Desk.asBuyer, key: "cancel")
        for _ in 0..<2 {
            try await desk.orders.settle(Desk.order, by: .system)
            try await desk.runner().catchUp()
        }
        #expect(try desk.refunded() == 3_000)
        #expect(try await desk.balance(.cash) == 0)
        #expect(try await desk.follower().unposted(by: .system).isEmpty)
    }

    @Test func everyCommandThatIsRepeatedChangesNothing() async throws {
        let desk = try await Self.received()
        let returns = desk.returns()
        try await returns.receive(Self.id, Self.units, by: Desk.asSeller, key: "receive")
        let end = try await desk.base.events(after: .start, matching: .all, limit: 1_000).position
        let items = try [Desk.item(0, 2), Desk.item(1)]
        for key in ["r", "other"] as [IdempotencyKey] {
            try await returns.request(Self.id, of: Desk.order, items, by: Desk.asBuyer, key: key)
        }
        try await returns.approve(Self.id, by: Desk.asSeller, key: "approve")
        for key in ["receive", "other"] as [IdempotencyKey] {
            try await returns.receive(Self.id, Self.units, by: Desk.asSeller, key: key)
        }
        try await returns.settle(Self.id)
        #expect(try await desk.base.events(after: end, matching: .all, limit: 10).events.isEmpty)
        try await Self.expectSettledOnce(desk, "repeated")
    }
}
