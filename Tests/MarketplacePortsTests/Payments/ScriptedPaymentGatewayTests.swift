import Foundation
import MarketplaceCore
import MarketplaceDomain
import MarketplacePorts
import MarketplaceTestKit
import Testing

@Suite struct ScriptedPaymentGatewayTests {
    static let payment = PaymentID(bits: 1)
    static let amount = Money(minorUnits: 1_000, .krw)

    static func won(_ amount: Int64) -> Money { Money(minorUnits: amount, .krw) }

    static func error(
        _ body: () async throws(PaymentGatewayError) -> GatewayReceipt
    ) async -> PaymentGatewayError? {
        do throws(PaymentGatewayError) {
            _ = try await body()
            return nil
        } catch {
            return error
        }
    }

    @Test func moneyIsSetAsideTakenSetFreeAndGivenBack() async throws {
        let gateway = ScriptedPaymentGateway()
        let receipt = try await gateway.authorize(Self.won(1_000), for: Self.payment, key: "a")
        #expect(receipt.amount == Self.won(1_000))
        #expect(receipt.reference.text == Self.payment.description)
        _ = try await gateway.capture(Self.won(300), of: Self.payment, key: "c1")
        _ = try await gateway.capture(Self.won(400), of: Self.payment, key: "c2")
        #expect(try await gateway.void(Self.payment, key: "v").amount == Self.won(300))
        _ = try await gateway.refund(Self.won(500), of: Self.payment, key: "r")
        let totals = try #require(try gateway.entries().totals()[Self.payment])
        #expect(totals.authorized == Self.won(1_000))
        #expect(totals.captured == Self.won(700))
        #expect(totals.voided == Self.won(300))
        #expect(totals.refunded == Self.won(500))
    }

    @Test func aRepeatedKeyGetsTheFirstAnswerAndOtherContentIsRefused() async throws {
        let gateway = ScriptedPaymentGateway()
        let first = try await gateway.authorize(Self.amount, for: Self.payment, key: "a")
        #expect(try await gateway.authorize(Self.amount, for: Self.payment, key: "a") == first)
        #expect(try gateway.entries().count == 1)
        #expect(
            await Self.error { () throws(PaymentGatewayError) in
                try await gateway.authorize(Self.won(999), for: Self.payment, key: "a")
            } == .keyReused("a")
        )
        #expect(
            await Self.error { () throws(PaymentGatewayError) in
                try await gateway.authorize(Self.amount, for: PaymentID(bits: 2), key: "a")
            } == .keyReused("a")
        )
        #expect(
            await Self.error { () throws(PaymentGatewayError) in
                try await gateway.capture(Self.amount, of: Self.payment, key: "a")
            } == .keyReused("a")
        )
    }

    @Test func aDeclineIsRememberedAndRefused() async throws {
        var script = GatewayScript()
        script["a"] = [.decline("no funds")]
        let gateway = ScriptedPaymentGateway(script)
        for _ in 0..<2 {
            let error = await Self.error { () throws(PaymentGatewayError) in
                try await gateway.authorize(Self.amount, for: Self.payment, key: "a")
            }
            #expect(error == .declined("no funds"))
            #expect(error?.effect == .refused && error?.isRetriable == false)
        }
        #expect(try await gateway.lookUp("a") == .refused(.declined("no funds")))
        #expect(try gateway.entries().totals().isEmpty)
    }

    @Test func aTimeOutAfterTheEffectIsFoundByLookingUpOrByRepeating() async throws {
        var script = GatewayScript()
        script["a"] = [.timeOutAfterEffect]
        let gateway = ScriptedPaymentGateway(script)
        let error = await Self.error { () throws(PaymentGatewayError) in
            try await gateway.authorize(Self.amount, for: Self.payment, key: "a")
        }
        #expect(error == .timedOut && error?.effect == .unknown && error?.isRetriable == true)
        guard case .performed(let receipt) = try await gateway.lookUp("a") else {
            Issue.record("the effect is not known")
            return
        }
        #expect(try await gateway.authorize(Self.amount, for: Self.payment, key: "a") == receipt)
        #expect(try gateway.entries().totals()[Self.payment]?.authorized == Self.amount)
    }

    @Test func aTimeOutBeforeTheEffectLeavesNoTraceAndIsRetried() async throws {
        var script = GatewayScript()
        script["a"] = [.timeOutBeforeEffect, .failToConnect]
        let gateway = ScriptedPaymentGateway(script)
        for expected in [PaymentGatewayError.timedOut, .unreachable] {
            let error = await Self.error { () throws(PaymentGatewayError) in
                try await gateway.authorize(Self.amount, for: Self.payment, key: "a")
            }
            #expect(error == expected)
            #expect(try await gateway.lookUp("a") == .neverSeen)
            #expect(try gateway.entries().isEmpty)
        }
        #expect(PaymentGatewayError.unreachable.effect == .notApplied)
        #expect(try await gateway.authorize(Self.amount, for: Self.payment, key: "a").amount == Self.amount)
    }

    @Test func aSlowAnswerWaitsOnTheClock() async throws {
        var script = GatewayScript()
        script["a"] = [.answerAfter(.seconds(30))]
        let clock = ManualClock()
        let gateway = ScriptedPaymentGateway(script, clock: clock)
        async let receipt = gateway.authorize(Self.amount, for: Self.payment, key: "a")
        await clock.waitForSleepers()
        #expect(try gateway.entries().count == 1)
        clock.advance(by: .seconds(30))
        #expect(try await receipt.amount == Self.amount)
    }

    @Test func whoStopsWaitingForASlowAnswerDoesNotKnow() async throws {
        var script = GatewayScript()
        script["a"] = [.answerAfter(.seconds(30))]
        let clock = ManualClock()
        let gateway = ScriptedPaymentGateway(script, clock: clock)
        let task = Task {
            await Self.error { () throws(PaymentGatewayError) in
                try await gateway.authorize(Self.amount, for: Self.payment, key: "a")
            }
        }
        await clock.waitForSleepers()
        task.cancel()
        #expect(await task.value == .timedOut)
        #expect(try gateway.entries().count == 1)
    }

    @Test func amountsStayWithinWhatIsThere() async throws {
        let gateway = ScriptedPaymentGateway()
        func refused(_ operation: GatewayRequest.Operation, _ key: IdempotencyKey) async -> Bool {
            let request = GatewayRequest(operation, payment: Self.payment, key: key)
            let error = await Self.error { () throws(PaymentGatewayError) in try await gateway.perform(request) }
            return error?.code == .notAllowed && error?.effect == .refused
        }
        #expect(await refused(.capture(Self.won(1)), "1"))
        #expect(await refused(.refund(Self.won(1)), "2"))
        #expect(await refused(.authorize(Self.won(0)), "3"))
        #expect(await refused(.authorize(Self.won(-1)), "4"))
        _ = try await gateway.authorize(Self.amount, for: Self.payment, key: "5")
        #expect(await refused(.authorize(Self.won(.max)), "6"))
        #expect(await refused(.authorize(Money(minorUnits: 1, .usd)), "7"))
        #expect(await refused(.capture(Self.won(1_001)), "8"))
        #expect(await refused(.capture(Money(minorUnits: 1, .usd)), "9"))
        #expect(await refused(.capture(Self.won(-5)), "10"))
        _ = try await gateway.capture(Self.amount, of: Self.payment, key: "11")
        #expect(await refused(.refund(Self.won(1_001)), "12"))
        _ = try await gateway.refund(Self.won(600), of: Self.payment, key: "13")
        #expect(await refused(.refund(Self.won(401)), "14"))
    }

    @Test func aVoidOfNothingIsDoneAndRefusesWhatComesLater() async throws {
        let gateway = ScriptedPaymentGateway()
        #expect(try await gateway.void(Self.payment, key: "v").amount == nil)
        let late = await Self.error { () throws(PaymentGatewayError) in
            try await gateway.authorize(Self.amount, for: Self.payment, key: "a")
        }
        #expect(late == .notAllowed("the payment was voided"))
        #expect(try await gateway.void(Self.payment, key: "v2").amount == nil)
    }

    @Test func whatHappensFollowsFromTheSeedAndTheKeyAlone() async throws {
        let rates = GatewayRates(
            declined: .percent(30),
            timedOutAfterEffect: .percent(20),
            timedOutBeforeEffect: .percent(10),
            unreachable: .percent(5)
        )
        func outcomes(_ order: [Int], seed: UInt64) async throws -> [Int: PaymentGatewayError?] {
            let gateway = ScriptedPaymentGateway(GatewayScript([.authorize: rates]), seed: seed)
            return try await withThrowingTaskGroup(of: (Int, PaymentGatewayError?).self) { group in
                for number in order {
                    group.addTask {
                        let key = try IdempotencyKey("order-\(number)")
                        let payment = PaymentID(bits: UInt128(number))
                        let error = await Self.error { () throws(PaymentGatewayError) in
                            try await gateway.authorize(Self.amount, for: payment, key: key)
                        }
                        return (number, error)
                    }
                }
                return try await group.reduce(into: [:]) { $0[$1.0] = .some($1.1) }
            }
        }
        let numbers = Array(0..<2_000)
        let first = try await outcomes(numbers, seed: 7)
        #expect(try await outcomes(numbers.reversed(), seed: 7) == first)
        #expect(try await outcomes(numbers, seed: 8) != first)
        let declined = first.values.count { $0?.code == .declined }
        let timedOut = first.values.count { $0 == .timedOut }
        let unreachable = first.values.count { $0 == .unreachable }
        // Each within five standard deviations of 600, 600 and 100 out of 2,000.
        #expect((498...702).contains(declined))
        #expect((498...702).contains(timedOut))
        #expect((52...148).contains(unreachable))
        #expect(first.values.count { $0 == nil } == 2_000 - declined - timedOut - unreachable)
    }

    @Test func sharesOfZeroAndOfAllAreExact() async throws {
        let always = ScriptedPaymentGateway(GatewayScript([.authorize: GatewayRates(declined: .percent(250))]))
        let never = ScriptedPaymentGateway(GatewayScript([.authorize: GatewayRates(declined: .percent(-5))]))
        for number in 0..<500 {
            let key = try IdempotencyKey("order-\(number)")
            let error = await Self.error { () throws(PaymentGatewayError) in
                try await always.authorize(Self.amount, for: Self.payment, key: key)
            }
            #expect(error?.code == .declined)
            _ = try await never.authorize(Self.amount, for: Self.payment, key: key)
        }
    }

    @Test func aGatewayResumesFromItsRecord() async throws {
        let record = InMemoryGatewayRecord()
        let before = try ScriptedPaymentGateway(resuming: record)
        let receipt = try await before.authorize(Self.amount, for: Self.payment, key: "a")
        _ = try await before.capture(Self.won(700), of: Self.payment, key: "c")
        _ = try await before.void(PaymentID(bits: 2), key: "v")
        let stored = try JSONDecoder().decode(
            [GatewayRecordEntry].self,
            from: JSONEncoder().encode(record.entries())
        )
        #expect(stored == record.entries())
        let after = try ScriptedPaymentGateway(resuming: record)
        #expect(try await after.authorize(Self.amount, for: Self.payment, key: "a") == receipt)
        #expect(record.entries().count == 3)
        let late = await Self.error { () throws(PaymentGatewayError) in
            try await after.authorize(Self.amount, for: PaymentID(bits: 2), key: "b")
        }
        #expect(late?.code == .notAllowed)
        let tooMuch = await Self.error { () throws(PaymentGatewayError) in
            try await after.capture(Self.won(301), of: Self.payment, key: "d")
        }
        #expect(tooMuch?.code == .notAllowed)
    }

    /// A record whose disk is full.
    struct FullRecord: GatewayRecord {
        var kept: [GatewayRecordEntry] = []

        func append(_ entry: GatewayRecordEntry) throws(GatewayRecordError) {
            throw GatewayRecordError("no space left")
        }

        func entries() throws(GatewayRecordError) -> [GatewayRecordEntry] { kept }
    }

    @Test func whatCannotBeRecordedIsNotDone() async throws {
        let gateway = try ScriptedPaymentGateway(resuming: FullRecord())
        let error = await Self.error { () throws(PaymentGatewayError) in
            try await gateway.authorize(Self.amount, for: Self.payment, key: "a")
        }
        #expect(error?.effect == .notApplied && error?.isRetriable == true)
        #expect(try await gateway.lookUp("a") == .neverSeen)
    }

    @Test func aRecordThatDoesNotAddUpIsRefused() {
        let huge = GatewayRecordEntry(
            key: "a",
            payment: Self.payment,
            kind: .authorize,
            requested: Self.won(.max),
            moved: Self.won(.max)
        )
        let more = GatewayRecordEntry(
            key: "b",
            payment: Self.payment,
            kind: .authorize,
            requested: Self.won(1),
            moved: Self.won(1)
        )
        #expect(throws: GatewayRecordError.self) {
            try ScriptedPaymentGateway(resuming: FullRecord(kept: [huge, more]))
        }
        #expect(throws: MoneyError.self) { try [huge, more].totals() }
    }

    @Test(arguments: 1...50 as ClosedRange<UInt64>)
    func randomRequestsKeepRefundedWithinCapturedWithinAuthorized(_ seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let rates = GatewayRates(declined: .percent(10), timedOutAfterEffect: .percent(10))
        let gateway = ScriptedPaymentGateway(
            GatewayScript([.authorize: rates, .capture: rates, .refund: rates, .void: rates]),
            seed: seed
        )
        for number in 0..<200 {
            let amount = Self.won(Int64(random.next(through: 120)))
            let choices: [GatewayRequest.Operation] = [
                .authorize(amount), .capture(amount), .refund(amount), .capture(amount), .refund(amount), .void,
            ]
            // Mostly amounts, so that not every payment is voided at once.
            let choice = random.next(through: 40)
            let operation = choice == 0 ? .void : choices[Int(choice % 5)]
            let request = GatewayRequest(
                operation,
                payment: PaymentID(bits: UInt128(random.next(through: 3))),
                key: try IdempotencyKey("key-\(number)")
            )
            _ = try? await gateway.perform(request)
        }
        let totals = try gateway.entries().totals()
        #expect(!totals.isEmpty, "seed \(seed)")
        for total in totals.values {
            #expect(total.refunded.minorUnits <= total.captured.minorUnits, "seed \(seed)")
            #expect(
                total.captured.minorUnits + total.voided.minorUnits <= total.authorized.minorUnits,
                "seed \(seed)"
            )
        }
    }
}
