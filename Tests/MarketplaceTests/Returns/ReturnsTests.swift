import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

@Suite struct ReturnsTests {
    private typealias Desk = ReturnDesk
    private static let id = ReturnID(bits: 1)

    private static func delivered(
        _ script: GatewayScript = .approving,
        _ policy: ReturnPolicy = ReturnPolicy(),
        units: Int = 3
    ) async throws -> Desk {
        let desk = Desk(script, policy)
        try await desk.sell([Desk.line(0, units, 1_000), Desk.line(1, 1, 500)])
        try await desk.deliver()
        return desk
    }

    @Test func goodsThatCameBackArePaidBackTakenIntoStockAndNotedOnTheOrder() async throws {
        let desk = try await Self.delivered()
        let value = try await desk.takeBack(Self.id, [Desk.item(0, 2)])
        #expect(value.status == .completed && value.isSettled && value.refunded == Desk.eur(2_000))
        #expect(try desk.refunded() == 2_000)
        #expect(try await desk.inventory.stock(of: "sku-0")?.onHand == 2)
        #expect(try await desk.orders.order(Desk.order, by: .system).units.map(\.returned) == [2, 0])
        let listed = try await desk.returns().returns(of: Desk.order, by: Desk.asBuyer).returns
        #expect(listed.map(\.id) == [Self.id] && listed[0].isSettled && listed[0].refunded == Desk.eur(2_000))
        #expect(try await desk.returns().returns(of: Desk.buyer, by: Desk.asBuyer).returns == listed)
        #expect(try await desk.returns().returns(to: Desk.seller, by: Desk.asSeller).returns == listed)
    }

    @Test func whatCannotBeSoldAgainIsWrittenOff() async throws {
        let desk = try await Self.delivered()
        let returns = desk.returns()
        try await returns.request(Self.id, of: Desk.order, [Desk.item(0, 3)], by: Desk.asBuyer, key: "request")
        try await returns.approve(Self.id, by: Desk.asSeller, key: "approve")
        let units = [Desk.back(0, 1), Desk.back(0, 2, .writeOff)]
        try await returns.receive(Self.id, units, by: Desk.asSeller, key: "receive")
        let stock = try #require(try await desk.inventory.stock(of: "sku-0"))
        #expect(stock.onHand == 1 && stock.damaged == 2)
        #expect(try desk.refunded() == 3_000)
    }

    // A seed of this library let orders be returned that were only confirmed.
    @Test func anOrderThatIsOnlyConfirmedCannotBeReturned() async throws {
        let desk = Desk()
        try await desk.sell([Desk.line(0, 1, 1_000)])
        let item = try Desk.item(0)
        let refusal = try await desk.refusal { () throws(ReturnsError) in
            try await desk.returns().request(Self.id, of: Desk.order, [item], by: Desk.asBuyer, key: "k")
        }
        #expect(refusal == .notDelivered(lineIndex: 0))
    }

    @Test func anOrderThatWasCalledOffCannotBeReturned() async throws {
        let desk = Desk()
        try await desk.sell([Desk.line(0, 1, 1_000)])
        try await desk.orders.cancel(Desk.order, because: .buyerRequest, by: Desk.asBuyer, key: "cancel")
        let item = try Desk.item(0)
        let refusal = try await desk.refusal { () throws(ReturnsError) in
            try await desk.returns().request(Self.id, of: Desk.order, [item], by: Desk.asBuyer, key: "k")
        }
        #expect(refusal == .notDelivered(lineIndex: 0))
        #expect(try desk.refunded() == 1_000)
    }

    // Another took several returns of one order without looking at what the others had taken.
    @Test func severalReturnsOfOneOrderNeverTakeMoreThanWasDelivered() async throws {
        let desk = try await Self.delivered()
        try await desk.takeBack(Self.id, [Desk.item(0, 2)])
        let two = try Desk.item(0, 2)
        let refusal = try await desk.refusal { () throws(ReturnsError) in
            try await desk.returns().request(ReturnID(bits: 2), of: Desk.order, [two], by: Desk.asBuyer, key: "k")
        }
        #expect(refusal == .unitsLeft(lineIndex: 0, wanted: 2, left: 1))
        try await desk.takeBack(ReturnID(bits: 3), [Desk.item(0)])
        #expect(try desk.refunded() == 3_000)
    }

    @Test func requestsThatAreMadeAtOnceClaimEachUnitOnce() async throws {
        let desk = try await Self.delivered(units: 2)
        let item = try Desk.item(0)
        let refusals = try await withThrowingTaskGroup(of: ReturnRejection?.self) { group in
            for number in 1...8 {
                group.addTask {
                    try await desk.refusal { () throws(ReturnsError) in
                        let id = ReturnID(bits: UInt128(number))
                        try await desk.returns().request(id, of: Desk.order, [item], by: Desk.asBuyer, key: "k")
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(refusals.count { $0 == nil } == 2)
        #expect(refusals.compactMap(\.self) == Array(repeating: .unitsLeft(lineIndex: 0, wanted: 1, left: 0), count: 6))
    }

    @Test func ofTwoRequestsForTheLastUnitTheOneThatComesSecondIsRefused() async throws {
        let desk = try await Self.delivered(units: 1)
        let item = try Desk.item(0)
        // Both have seen the unit free; the second has it before the first commits.
        let store = FaultInjectingStore(
            desk.base,
            beforeCommit: { number in
                guard number == 1 else { return }
                let second = ReturnID(bits: 2)
                _ = try? await desk.returns().request(second, of: Desk.order, [item], by: Desk.asBuyer, key: "k")
            }
        )
        let refusal = try await desk.refusal { () throws(ReturnsError) in
            try await desk.returns(over: store).request(Self.id, of: Desk.order, [item], by: Desk.asBuyer, key: "k")
        }
        #expect(refusal == .unitsLeft(lineIndex: 0, wanted: 1, left: 0))
        #expect(try await desk.returns().value(ReturnID(bits: 2), by: Desk.asBuyer).status == .requested)
    }

    @Test func goodsThatTheInventoryDoesNotKeepAreTakenIntoNoStock() async throws {
        let desk = Desk()
        try await desk.sell([Desk.line(0, 1, 1_000)], isStocked: false)
        try await desk.deliver()
        #expect(try await desk.takeBack(Self.id, [Desk.item(0)]).isSettled)
        #expect(try await desk.inventory.stock(of: "sku-0") == nil)
    }

    @Test func unitsOfAReturnThatComesToNothingCanBeAskedForAgain() async throws {
        let desk = try await Self.delivered(units: 1)
        let returns = desk.returns()
        let item = try Desk.item(0)
        func request(_ bits: UInt128) async throws(ReturnsError) {
            try await returns.request(ReturnID(bits: bits), of: Desk.order, [item], by: Desk.asBuyer, key: "request")
        }
        try await request(1)
        try await returns.reject(ReturnID(bits: 1), because: .used, by: Desk.asSeller, key: "reject")
        try await returns.reject(ReturnID(bits: 1), because: .used, by: Desk.asSeller, key: "reject again")
        try await request(2)
        try await returns.cancel(ReturnID(bits: 2), by: Desk.asBuyer, key: "cancel")
        try await request(3)
        try await returns.approve(ReturnID(bits: 3), by: Desk.asSeller, key: "approve")
        #expect(try await returns.sweep().expired == 0)
        desk.clock.advance(by: OrderReturn.sendingPeriod)
        #expect(try await returns.sweep().expired == 1)
        #expect(try await returns.sweep().expired == 0)
        // The time in which the buyer may change their mind is over, and the goods are still under warranty.
        let late = try Desk.item(0, 1, .defective)
        try await returns.request(ReturnID(bits: 4), of: Desk.order, [late], by: Desk.asBuyer, key: "request")
        let refusal = try await desk.refusal { () throws(ReturnsError) in
            try await returns.request(ReturnID(bits: 5), of: Desk.order, [late], by: Desk.asBuyer, key: "request")
        }
        #expect(refusal == .unitsLeft(lineIndex: 0, wanted: 1, left: 0))
    }

    @Test func announcedUnitsThatDidNotComeAreNotPaidBackAndCanComeLater() async throws {
        let desk = try await Self.delivered()
        let returns = desk.returns()
        try await returns.request(Self.id, of: Desk.order, [Desk.item(0, 3)], by: Desk.asBuyer, key: "request")
        try await returns.approve(Self.id, by: Desk.asSeller, key: "approve")
        try await returns.send(Self.id, by: Desk.asBuyer, key: "send")
        try await returns.receive(Self.id, [Desk.back(0, 1)], by: Desk.asSeller, key: "receive")
        #expect(try desk.refunded() == 1_000)
        try await desk.takeBack(ReturnID(bits: 2), [Desk.item(0, 2)])
        #expect(try desk.refunded() == 3_000)
    }

    // A seed of this library let a return jump from requested to completed.
    @Test func aReturnThatWasOnlyAskedForGivesNothingBack() async throws {
        let desk = try await Self.delivered()
        let returns = desk.returns()
        try await returns.request(Self.id, of: Desk.order, [Desk.item(0)], by: Desk.asBuyer, key: "request")
        #expect(try await returns.settle(Self.id).status == .requested)
        #expect(try await returns.sweep().settled == 0)
        let refusal = try await desk.refusal { () throws(ReturnsError) in
            try await returns.receive(Self.id, [Desk.back(0)], by: Desk.asSeller, key: "receive")
        }
        guard case .move? = refusal else {
            Issue.record("goods of a return that was not agreed to were taken in: \(String(describing: refusal))")
            return
        }
        #expect(try desk.refunded() == 0)
    }

    @Test func strangersAreRefused() async throws {
        let desk = try await Self.delivered()
        let returns = desk.returns()
        let (stranger, rival) = (CommandActor.buyer(MemberID(bits: 0xF)), CommandActor.seller(SellerID(bits: 0xF)))
        let item = try Desk.item(0)
        func isForbidden(_ body: () async throws(ReturnsError) -> Void) async -> Bool {
            do throws(ReturnsError) {
                try await body()
            } catch {
                switch error {
                case .forbidden, .refused(.forbidden): return true
                default: return false
                }
            }
            return false
        }
        #expect(
            await isForbidden { () throws(ReturnsError) in
                try await returns.request(Self.id, of: Desk.order, [item], by: stranger, key: "request")
            }
        )
        try await returns.request(Self.id, of: Desk.order, [item], note: "too small", by: Desk.asBuyer, key: "request")
        #expect(
            await isForbidden { () throws(ReturnsError) in try await returns.approve(Self.id, by: rival, key: "a") }
        )
        #expect(await isForbidden { () throws(ReturnsError) in _ = try await returns.note(of: Self.id, by: stranger) })
        #expect(await isForbidden { () throws(ReturnsError) in _ = try await returns.value(Self.id, by: rival) })
        #expect(
            await isForbidden { () throws(ReturnsError) in
                _ = try await returns.returns(of: Desk.buyer, by: stranger)
            }
        )
        #expect(
            await isForbidden { () throws(ReturnsError) in
                try await returns.eraseNotes(of: Desk.buyer, by: Desk.asSeller)
            }
        )
        #expect(
            await isForbidden { () throws(ReturnsError) in
                try await returns.retryRefund(of: Self.id, by: Desk.asSeller, key: "r")
            }
        )
    }

    @Test func whatTheBuyerWroteStandsInNoEventAndCanBeErased() async throws {
        let desk = try await Self.delivered()
        let returns = desk.returns()
        let text = "too small for my feet"
        try await returns.request(
            Self.id,
            of: Desk.order,
            [Desk.item(0)],
            note: text,
            by: Desk.asBuyer,
            key: "request"
        )
        #expect(try await returns.note(of: Self.id, by: Desk.asSeller) == text)
        let feed = try await desk.base.events(after: .start, matching: .all, limit: 1_000).events
        #expect(!feed.contains { String(decoding: $0.payload, as: UTF8.self).contains("small") })
        #expect(try await returns.eraseNotes(of: Desk.buyer, by: Desk.asBuyer) == 1)
        #expect(try await returns.note(of: Self.id, by: Desk.asSeller) == nil)
        await #expect(throws: ReturnsError.self) {
            let long = String(repeating: "x", count: Returns.maximumNoteLength + 1)
            try await returns.request(
                ReturnID(bits: 2),
                of: Desk.order,
                [Desk.item(0)],
                note: long,
                by: Desk.asBuyer,
                key: "request"
            )
        }
    }

    @Test func deliveryChargesComeBackWithTheLastUnitUnlessThePolicySaysNever() async throws {
        for (policy, expected) in [(ReturnPolicy(), 1_799), (ReturnPolicy(deliveryCharges: .never), 1_300)]
            as [(ReturnPolicy, Int64)]
        {
            let desk = Desk(.approving, policy)
            let runs = [FrozenShares.Run(units: 2, discountMinor: 350, taxMinor: 100, paidMinor: 650)]
            let charge = FrozenShares.Charge("post", discountMinor: 0, taxMinor: 0, paidMinor: 499)
            let shares = try FrozenShares(.eur, lines: [FrozenShares.Line("a", runs)], shipping: [charge])
            try await desk.sell([Desk.line(0, 2, 1_000)], shares: shares)
            try await desk.deliver()
            try await desk.takeBack(Self.id, [Desk.item(0)])
            #expect(try desk.refunded() == 650)
            try await desk.takeBack(ReturnID(bits: 2), [Desk.item(0)])
            #expect(try desk.refunded() == expected)
        }
    }

    @Test func unitsAreTakenOffAnOrderAfterSomeOfItCameBack() async throws {
        let desk = Desk()
        let runs = [
            FrozenShares.Run(units: 1, discountMinor: 0, taxMinor: 0, paidMinor: 1_000),
            FrozenShares.Run(units: 1, discountMinor: 1, taxMinor: 0, paidMinor: 999),
            FrozenShares.Run(units: 1, discountMinor: 2, taxMinor: 0, paidMinor: 998),
        ]
        try await desk.sell(
            [Desk.line(0, 3, 1_000)],
            shares: FrozenShares(.eur, lines: [FrozenShares.Line("a", runs)])
        )
        try await desk.deliver(Desk.order, [OrderUnits(lineIndex: 0, units: 2)])
        try await desk.takeBack(Self.id, [Desk.item(0)])
        #expect(try desk.refunded() == 1_000)
        let change = OrderLineChange(lineIndex: 0, units: 2)
        try await desk.orders.change(Desk.order, [change], by: Desk.asSeller, key: "change")
        #expect(try desk.refunded() == 1_998)
        try await desk.takeBack(ReturnID(bits: 2), [Desk.item(0)])
        #expect(try desk.refunded() == 2_997)
        try await desk.runner().catchUp()
        #expect(try await desk.follower().unposted(by: .system).isEmpty)
        #expect(try await desk.balance(.cash) == 0)
        #expect(try await desk.settlement.trialBalance(by: Desk.staff).minorUnits[.eur]?.isEmpty != false)
    }
}
