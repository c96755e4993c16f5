import Marketplace
import MarketplaceTestKit
import Testing

struct PaymentsTests {
    private static func won(_ amount: Int64) -> Money { PaymentShop.won(amount) }
    private let id = PaymentShop.payment

    @Test func aPaymentIsAuthorizedCapturedInPartsSetFreeAndRefundedInParts() async throws {
        let shop = PaymentShop()
        let payments = shop.payments()
        try await shop.begun()
        let buyer = CommandActor.buyer(PaymentShop.buyer)
        #expect(
            try await payments.authorize(id, confirming: Self.won(100), by: buyer, key: "a").status == .authorized
        )
        try await payments.capture(id, Self.won(30), by: .system, key: "first parcel")
        try await payments.capture(id, Self.won(50), by: PaymentShop.staff, key: "second parcel")
        let freed = try await payments.void(id, by: .system, key: "rest")
        #expect(freed.amounts?.voided == Self.won(20))
        try await payments.refund(id, Self.won(10), by: PaymentShop.staff, key: "scratch")
        let last = try await payments.refund(id, by: .system, key: "all")
        #expect(last.status == .refunded)
        #expect(try shop.moved()?.captured == Self.won(80))
        #expect(try shop.moved()?.refunded == Self.won(80))
        #expect(try shop.moved()?.voided == Self.won(20))
        try await shop.expectAgreement()
    }

    @Test func aRepeatedConfirmChargesOnceWhateverItsKey() async throws {
        let shop = PaymentShop()
        try await shop.begun()
        let payments = shop.payments()
        for key: IdempotencyKey in ["a", "a", "b"] {
            try await payments.authorize(id, confirming: Self.won(100), by: .buyer(PaymentShop.buyer), key: key)
        }
        for key: IdempotencyKey in ["a", "a", "b"] { try await payments.capture(id, by: .system, key: key) }
        #expect(try shop.gateway.entries().map(\.kind) == [.authorize, .capture])
        try await shop.expectAgreement()
    }

    @Test func theAmountTheCurrencyAndTheBuyerAreCheckedHere() async throws {
        let shop = PaymentShop()
        try await shop.begun()
        let payments = shop.payments()
        let buyer = CommandActor.buyer(PaymentShop.buyer)
        #expect(
            await paymentError { () async throws(PaymentError) in
                try await payments.authorize(id, confirming: Self.won(99), by: buyer, key: "a")
            } == .rejected(.authorizationMismatch(expected: Self.won(100), found: Self.won(99)))
        )
        #expect(
            await paymentError { () async throws(PaymentError) in
                try await payments.authorize(id, confirming: Money(minorUnits: 100, .usd), by: buyer, key: "a")
            } == .rejected(.currencyMismatch(expected: .krw, found: .usd))
        )
        let strangers: [CommandActor] = [.buyer(PaymentShop.stranger), .visitor, .seller(SellerID(bits: 10))]
        for actor in strangers {
            let error = await paymentError { () async throws(PaymentError) in
                try await payments.authorize(id, confirming: Self.won(100), by: actor, key: "a")
            }
            guard case .rejected(.forbidden) = error else {
                Issue.record("\(actor): \(String(describing: error))")
                continue
            }
        }
        #expect(try shop.gateway.entries().isEmpty)
        try await payments.authorize(id, confirming: Self.won(100), by: buyer, key: "a")
        // A repetition under the same key by somebody else is not answered with the first result.
        for actor in strangers {
            let error = await paymentError { () async throws(PaymentError) in
                try await payments.authorize(id, confirming: Self.won(100), by: actor, key: "a")
            }
            guard case .rejected(.forbidden) = error else {
                Issue.record("\(actor): \(String(describing: error))")
                continue
            }
        }
    }

    @Test func anotherAmountUnderAUsedKeyIsRefused() async throws {
        let shop = PaymentShop()
        try await shop.authorized()
        let payments = shop.payments()
        try await payments.capture(id, Self.won(30), by: .system, key: "c")
        let error = await paymentError { () async throws(PaymentError) in
            try await payments.capture(id, Self.won(40), by: .system, key: "c")
        }
        guard case .rejected(.keyReused(_, amount: Self.won(30))) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try shop.moved()?.captured == Self.won(30))
    }

    @Test func aDeclinedPaymentHasFailedAndIsAnErrorNotAValue() async throws {
        var script = GatewayScript.approving
        script[PaymentShop.key("authorize")] = [.decline("no money")]
        let shop = PaymentShop(script)
        try await shop.begun()
        for _ in 0..<2 {
            let error = await paymentError { () async throws(PaymentError) in
                try await shop.payments().authorize(id, confirming: Self.won(100), by: .system, key: "a")
            }
            guard case .refusedByGateway(.authorize, _) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(error?.effect == .refused)
        }
        #expect(try await shop.load().status == .failed)
        try await shop.expectAgreement()
    }

    @Test(arguments: PaymentOperationKind.allCases)
    func aTimeOutAfterTheEffectIsLookedUpAndNeverTakenForRefused(_ kind: PaymentOperationKind) async throws {
        let shop = PaymentShop(GatewayScript([kind: GatewayRates(timedOutAfterEffect: .percent(100))]))
        try await shop.captured(PaymentShop.payment)
        try await shop.payments().refund(id, Self.won(40), by: .system, key: "r")
        try await shop.expectAgreement()
        #expect(try shop.moved()?.captured == Self.won(100))
        #expect(try shop.moved()?.refunded == Self.won(40))
    }

    @Test(arguments: PaymentOperationKind.allCases, [GatewayBehavior.timeOutBeforeEffect, .failToConnect])
    func whatNeverReachedTheGatewayStaysUnderWayUntilASweepAsksAgain(
        _ kind: PaymentOperationKind,
        _ behavior: GatewayBehavior
    ) async throws {
        var script = GatewayScript.approving
        let suffix = kind == .authorize ? "authorize" : "\(kind.rawValue)/k"
        script[PaymentShop.key(suffix)] = [behavior]
        let shop = PaymentShop(script)
        let payments = shop.payments()
        switch kind {
        case .authorize: try await shop.begun()
        case .capture, .void: try await shop.authorized()
        case .refund: try await shop.captured()
        }
        let error = await paymentError { () async throws(PaymentError) in
            switch kind {
            case .authorize: try await payments.authorize(id, confirming: Self.won(100), by: .system, key: "k")
            case .capture: try await payments.capture(id, by: .system, key: "k")
            case .void: try await payments.void(id, by: .system, key: "k")
            case .refund: try await payments.refund(id, by: .system, key: "k")
            }
        }
        guard case .underWay(kind, _, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(error?.effect == .unknown)
        #expect(try await shop.load().keysUnderWay(kind).count == 1)
        #expect(try await payments.resolveUnknown() == PaymentSweep())
        shop.clock.advance(by: .seconds(61))
        let sweep = try await shop.payments().resolveUnknown()
        #expect(sweep.performedCount == 1 && sweep.open.isEmpty)
        #expect(try await payments.resolveUnknown() == PaymentSweep())
        try await shop.expectAgreement()
    }

    @Test func manySweepsAtOnceAskForEachOperationOnce() async throws {
        var script = GatewayScript.approving
        script[PaymentShop.key("refund/k")] = [.timeOutBeforeEffect]
        let shop = PaymentShop(script)
        try await shop.captured()
        _ = await paymentError { () async throws(PaymentError) in
            try await shop.payments().refund(id, Self.won(40), by: .system, key: "k")
        }
        shop.clock.advance(by: .seconds(61))
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<6 { group.addTask { _ = try? await shop.payments().resolveUnknown() } }
        }
        #expect(try shop.moved()?.refunded == Self.won(40))
        try await shop.expectAgreement()
    }

    @Test func whatTheGatewayDidWithAnotherAmountIsADiscrepancyAndIsNotRecorded() async throws {
        let shop = PaymentShop()
        try await shop.authorized()
        // Somebody else has used the key for a smaller capture.
        _ = try await shop.gateway.capture(Self.won(30), of: id, key: PaymentShop.key("capture/k"))
        let error = await paymentError { () async throws(PaymentError) in
            try await shop.payments().capture(id, Self.won(100), by: .system, key: "k")
        }
        guard case .discrepancy(let found) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(found.cause == .amount(expected: Self.won(100), found: Self.won(30)))
        #expect(error?.effect == .unknown)
        #expect(try await shop.payments().discrepancies(by: PaymentShop.staff) == [found])
        #expect(try await shop.load().amounts?.captured == Self.won(0))
        // The money in question stays blocked until somebody has looked.
        #expect(try await shop.load().keysUnderWay(.capture).count == 1)
        for actor in [CommandActor.visitor, .buyer(PaymentShop.buyer)] {
            let refused = await paymentError { () async throws(PaymentError) in
                try await shop.payments().settle(found.id, as: .notDone, by: actor)
            }
            guard case .rejected(.forbidden) = refused else {
                Issue.record("\(actor): \(String(describing: refused))")
                continue
            }
        }
    }

    @Test func aKeyThatIsTooLongIsRefusedBeforeAnythingHappens() async throws {
        let shop = PaymentShop()
        try await shop.authorized()
        let long = try IdempotencyKey(String(repeating: "k", count: 512))
        for kind in [PaymentOperationKind.capture, .void, .refund] {
            let error = await paymentError { () async throws(PaymentError) in
                switch kind {
                case .capture: try await shop.payments().capture(id, by: .system, key: long)
                case .void: try await shop.payments().void(id, by: .system, key: long)
                default: try await shop.payments().refund(id, by: .system, key: long)
                }
            }
            guard case .badKey = error else {
                Issue.record("\(kind): \(String(describing: error))")
                continue
            }
        }
        #expect(try shop.gateway.entries().count == 1)
    }

    @Test func aPaymentWhoseCaptureMayHaveHappenedIsNeitherVoidedNorFailed() async throws {
        var script = GatewayScript.approving
        script[PaymentShop.key("capture/k")] = [.timeOutBeforeEffect]
        let shop = PaymentShop(script)
        try await shop.authorized()
        let payments = shop.payments()
        _ = await paymentError { () async throws(PaymentError) in try await payments.capture(id, by: .system, key: "k")
        }
        let error = await paymentError { () async throws(PaymentError) in
            try await payments.void(id, by: .system, key: "v")
        }
        guard case .rejected(.operationUnderWay(_, .capture)) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        // The same call again asks again, and takes the money once.
        try await payments.capture(id, by: .system, key: "k")
        #expect(try shop.moved()?.captured == Self.won(100))
        try await shop.expectAgreement()
    }

    @Test func anAuthorizationThatWasNotAnsweredCanBeVoidedForGood() async throws {
        var script = GatewayScript.approving
        script[PaymentShop.key("authorize")] = [.timeOutBeforeEffect]
        let shop = PaymentShop(script)
        try await shop.begun()
        let payments = shop.payments()
        _ = await paymentError { () async throws(PaymentError) in
            try await payments.authorize(id, confirming: Self.won(100), by: .system, key: "a")
        }
        #expect(try await payments.void(id, by: .system, key: "v").status == .voided)
        shop.clock.advance(by: .seconds(61))
        _ = try await payments.resolveUnknown()
        #expect(try shop.moved() == nil)
        try await shop.expectAgreement()
    }

    @Test func anAuthorizationThatIsOvertakenByAVoidLeavesNothingBehind() async throws {
        let shop = PaymentShop()
        try await shop.begun()
        let overtaken = OvertakenGateway(gateway: shop.gateway) {
            _ = try? await shop.payments().void(PaymentShop.payment, by: .system, key: "v")
        }
        let error = await paymentError { () async throws(PaymentError) in
            try await shop.payments(at: overtaken).authorize(id, confirming: Self.won(100), by: .system, key: "a")
        }
        guard case .refusedByGateway(.authorize, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try await shop.load().status == .voided)
        try await shop.expectAgreement()
    }

    @Test func aRefundOfMoreThanWasTakenIsRefusedBeforeTheGatewayIsAsked() async throws {
        let shop = PaymentShop()
        try await shop.captured()
        let payments = shop.payments()
        let error = await paymentError { () async throws(PaymentError) in
            try await payments.refund(id, Self.won(101), by: .system, key: "r")
        }
        #expect(error == .rejected(.exceedsCaptured(requested: Self.won(101), refundable: Self.won(100))))
        #expect(try shop.gateway.entries().count == 2)
    }

    @Test func aRefundReachesTheGateway() async throws {
        let shop = PaymentShop()
        try await shop.captured()
        try await shop.payments().refund(id, Self.won(1), by: .system, key: "r")
        #expect(try shop.moved()?.refunded == Self.won(1))
    }

    @Test func aCancellationAndItsEventTogetherRefundOnce() async throws {
        let shop = PaymentShop()
        try await shop.captured()
        let payments = shop.payments()
        // The command and whoever reacts to the event name the refund after what it is for.
        try await payments.refund(id, by: PaymentShop.staff, key: "order 9 canceled")
        try await payments.refund(id, by: .system, key: "order 9 canceled")
        let error = await paymentError { () async throws(PaymentError) in
            try await payments.refund(id, by: .system, key: "another name")
        }
        guard case .rejected(.move) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try shop.moved()?.refunded == Self.won(100))
    }

    @Test(arguments: 1...20)
    func twoRefundsOfTheWholeAtOnceGiveItBackOnce(_ seed: UInt64) async throws {
        let shop = PaymentShop(seed: seed)
        try await shop.captured()
        let outcomes = await withTaskGroup(of: PaymentError?.self) { group in
            for number in 0..<8 {
                group.addTask {
                    await paymentError { () async throws(PaymentError) in
                        let key: IdempotencyKey = number.isMultiple(of: 2) ? "left" : "right"
                        try await shop.payments()
                            .refund(PaymentShop.payment, Self.won(100), by: .system, key: key)
                    }
                }
            }
            return await group.reduce(into: [PaymentError?]()) { $0.append($1) }
        }
        #expect(outcomes.filter { $0 == nil }.count == 4)
        #expect(try shop.moved()?.refunded == Self.won(100))
        try await shop.expectAgreement()
    }

    @Test(arguments: 1...20)
    func capturesAndRefundsAtOnceStayWithinTheirBounds(_ seed: UInt64) async throws {
        let shop = PaymentShop(GatewayScript([.capture: GatewayRates(timedOutAfterEffect: .percent(30))]), seed: seed)
        try await shop.authorized()
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<12 {
                group.addTask {
                    _ = await paymentError { () async throws(PaymentError) in
                        let payments = shop.payments()
                        let key = IdempotencyKey(stringLiteral: "k\(number)")
                        if number.isMultiple(of: 3) {
                            try await payments.refund(PaymentShop.payment, Self.won(20), by: .system, key: key)
                        } else {
                            try await payments.capture(PaymentShop.payment, Self.won(30), by: .system, key: key)
                        }
                    }
                }
            }
        }
        shop.clock.advance(by: .seconds(61))
        _ = try await shop.payments().resolveUnknown()
        #expect(try shop.moved()?.captured == Self.won(90))
        try await shop.expectAgreement(PaymentShop.payment, "seed \(seed)")
    }
}

/// A gateway before whose first request something else happens.
private struct OvertakenGateway: PaymentGateway {
    let gateway: any PaymentGateway
    let first: @Sendable () async -> Void

    func perform(_ request: GatewayRequest) async throws(PaymentGatewayError) -> GatewayReceipt {
        await first()
        return try await gateway.perform(request)
    }

    func lookUp(_ key: IdempotencyKey) async throws(PaymentGatewayError) -> GatewayLookUp {
        try await gateway.lookUp(key)
    }
}
