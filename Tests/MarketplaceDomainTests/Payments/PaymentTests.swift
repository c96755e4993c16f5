import MarketplaceCore
import MarketplaceDomain
import Testing

@Suite struct PaymentTests {
    static func create(_ amount: Int64) -> PaymentAction {
        .create(id: Example.paymentID, order: Example.orderID, buyer: Example.buyer, amount: Example.won(amount))
    }

    static func authorized(_ amount: Int64) throws -> Payment {
        var payment = Payment()
        try payment.perform(create(amount), by: .system)
        try payment.perform(.authorize(amount: Example.won(amount), reference: "ref-1"), by: .system)
        return payment
    }

    /// A payment of 100 that was moved there.
    static func payment(in status: PaymentStatus) throws -> Payment {
        var payment = Payment()
        try payment.perform(create(100), by: .system)
        switch status {
        case .created: return payment
        case .failed:
            try payment.perform(.fail(.declined), by: .system)
            return payment
        case .authorized, .captured, .refunded, .voided: payment = try authorized(100)
        }
        switch status {
        case .captured: try payment.perform(.capture(key: "c"), by: .system)
        case .refunded:
            try payment.perform(.capture(key: "c"), by: .system)
            try payment.perform(.initiateRefund(key: "r"), by: .system)
            try payment.perform(.completeRefund(key: "r"), by: .system)
        case .voided: try payment.perform(.void, by: .system)
        case .created, .failed, .authorized: break
        }
        return payment
    }

    @Test(arguments: PaymentStatus.allCases)
    func theExamplesAreWhereTheyShouldBe(_ status: PaymentStatus) throws {
        #expect(try Self.payment(in: status).status == status)
    }

    @Test func theLifecycleAllowsExactlyWhatIsListed() {
        let table: [(move: PaymentMove, from: PaymentStatus?, to: PaymentStatus, by: [ActorRole])] =
            [
                (.create, nil, .created, [.system]),
                (.authorize, .created, .authorized, [.system]),
                (.fail, .created, .failed, [.system]),
                (.fail, .authorized, .failed, [.system]),
                (.capture, .authorized, .captured, [.system, .operator]),
                (.capture, .captured, .captured, [.system, .operator]),
                (.void, .created, .voided, [.system, .operator]),
                (.void, .authorized, .voided, [.system, .operator]),
                (.initiateRefund, .captured, .captured, [.system, .operator]),
                (.failRefund, .captured, .captured, [.system]),
                (.beginAuthorization, .created, .created, [.system, .operator, .buyer]),
                (.beginCapture, .authorized, .authorized, [.system, .operator]),
                (.beginCapture, .captured, .captured, [.system, .operator]),
                (.beginVoid, .created, .created, [.system, .operator]),
                (.beginVoid, .authorized, .authorized, [.system, .operator]),
                (.refuseOperation, .created, .created, [.system]),
                (.refuseOperation, .authorized, .authorized, [.system]),
                (.refuseOperation, .captured, .captured, [.system]),
            ]
        let kept: [(move: PaymentMove, from: PaymentStatus?, to: PaymentStatus, by: [ActorRole])] = [
            (.completeRefund, .captured, .captured, [.system])
        ]
        let given: [(move: PaymentMove, from: PaymentStatus?, to: PaymentStatus, by: [ActorRole])] = [
            (.completeRefund, .captured, .refunded, [.system])
        ]
        let both: [ActorRole] = [.system, .operator]
        let open: [(move: PaymentMove, from: PaymentStatus?, to: PaymentStatus, by: [ActorRole])] = [
            (.beginVoid, .captured, .captured, both)
        ]
        for (facts, rows) in [
            ([], table + kept),
            (["nothing is kept"], table + given),
            (["a remainder is open"], table + kept + open + [(.void, .captured, .captured, both)]),
            (["a remainder is open", "nothing is kept"], table + given + open + [(.void, .captured, .refunded, both)]),
        ] as [(Set<TransitionFact>, [(move: PaymentMove, from: PaymentStatus?, to: PaymentStatus, by: [ActorRole])])] {
            expectExactly(
                Payment.lifecycle,
                allows: rows,
                states: PaymentStatus.allCases,
                moves: PaymentMove.allCases,
                roles: ActorRole.allCases,
                given: facts
            )
        }
    }

    @Test(arguments: PaymentStatus.allCases, ActorRole.allCases)
    func noRoleOutsideTheTableMovesAPayment(_ status: PaymentStatus, _ role: ActorRole) throws {
        let payment = try Self.payment(in: status)
        let actions: [(PaymentAction, PaymentMove)] = [
            (.authorize(amount: Example.won(100), reference: "ref-1"), .authorize), (.capture(key: "c"), .capture),
            (.void, .void), (.initiateRefund(key: "r"), .initiateRefund), (.completeRefund(key: "r"), .completeRefund),
            (.failRefund(key: "r"), .failRefund), (.fail(.other), .fail),
        ]
        for (action, move) in actions where !Payment.lifecycle.roles(of: move).contains(role) {
            let refusal = payment.refusal(of: action, by: Example.actor(role))
            if case .move? = refusal, role != .visitor, role != .seller { continue }
            if case .forbidden? = refusal, role == .visitor || role == .seller { continue }
            if case .refundEnded? = refusal { continue }
            Issue.record("\(action) of a payment that is \(status) by \(role) ended in \(String(describing: refusal))")
        }
    }

    @Test func severalCapturesCompleteThePaymentOnce() throws {
        var payment = try Self.authorized(100)
        #expect(try payment.perform(.capture(key: "a", amount: Example.won(60)), by: .system).count == 1)
        #expect(payment.status == .captured)
        let last = try payment.perform(.capture(key: "b"), by: .system)
        #expect(last.map { type(of: $0.payload).eventName } == ["PaymentCaptured", "PaymentCompleted"])
        #expect(payment.amounts?.captured == Example.won(100))
    }

    @Test func aRepeatedCaptureTakesNothing() throws {
        var payment = try Self.authorized(100)
        try payment.perform(.capture(key: "a", amount: Example.won(60)), by: .system)
        #expect(try payment.perform(.capture(key: "a", amount: Example.won(60)), by: .system) == [])
        #expect(
            payment.refusal(of: .capture(key: "a", amount: Example.won(40)), by: .system)
                == .keyReused("a", amount: Example.won(60))
        )
        try payment.perform(.capture(key: "b", amount: Example.won(40)), by: .system)
        #expect(try payment.perform(.capture(key: "c", amount: Example.won(100)), by: .system) == [])
        #expect(try payment.perform(.capture(key: "d"), by: .operator(Example.staff)) == [])
        #expect(
            payment.refusal(of: .capture(key: "e", amount: Example.won(1)), by: .system)
                == .exceedsAuthorized(requested: Example.won(1), capturable: Example.won(0))
        )
    }

    @Test func whatWasNotCapturedIsSetFree() throws {
        var payment = try Self.authorized(100)
        try payment.perform(.capture(key: "a", amount: Example.won(60)), by: .system)
        let events = try payment.perform(.void, by: .operator(Example.staff))
        #expect(events.map { type(of: $0.payload).eventName } == ["PaymentVoided", "PaymentCompleted"])
        #expect(payment.amounts?.voided == Example.won(40))
        #expect(payment.status == .captured)
        #expect(try payment.perform(.void, by: .system) == [])
        #expect(
            payment.refusal(of: .capture(key: "b", amount: Example.won(1)), by: .system)
                == .exceedsAuthorized(requested: Example.won(1), capturable: Example.won(0))
        )
        try payment.perform(.initiateRefund(key: "r"), by: .system)
        try payment.perform(.completeRefund(key: "r"), by: .system)
        #expect(payment.status == .refunded)
    }

    @Test func settingFreeTheRestOfARefundedPaymentEndsIt() throws {
        var payment = try Self.authorized(100)
        try payment.perform(.capture(key: "a", amount: Example.won(60)), by: .system)
        try payment.perform(.initiateRefund(key: "r"), by: .system)
        try payment.perform(.completeRefund(key: "r"), by: .system)
        #expect(payment.status == .captured)
        try payment.perform(.void, by: .system)
        #expect(payment.status == .refunded)
    }

    @Test func aPaymentThatWasNeverAuthorizedCanBeVoided() throws {
        var payment = try Self.payment(in: .created)
        let events = try payment.perform(.void, by: .system)
        #expect(events.map { type(of: $0.payload).eventName } == ["PaymentVoided"])
        #expect(payment.amounts?.voided == Example.won(0))
        #expect(try payment.perform(.void, by: .system) == [])
        guard case .move? = payment.refusal(of: .authorize(amount: Example.won(100), reference: "r"), by: .system)
        else {
            Issue.record("a late authorization went through")
            return
        }
    }

    @Test func anInitiatedRefundCannotBeGivenBackTwice() throws {
        var payment = try Self.payment(in: .captured)
        try payment.perform(.initiateRefund(key: "r", amount: Example.won(70)), by: .operator(Example.staff))
        #expect(try payment.perform(.initiateRefund(key: "r", amount: Example.won(70)), by: .system) == [])
        #expect(
            payment.refusal(of: .initiateRefund(key: "r", amount: Example.won(30)), by: .system)
                == .keyReused("r", amount: Example.won(70))
        )
        #expect(
            payment.refusal(of: .initiateRefund(key: "s", amount: Example.won(31)), by: .system)
                == .exceedsCaptured(requested: Example.won(31), refundable: Example.won(30))
        )
        try payment.perform(.failRefund(key: "r"), by: .system)
        #expect(try payment.perform(.failRefund(key: "r"), by: .system) == [])
        #expect(payment.refusal(of: .completeRefund(key: "r"), by: .system) == .refundEnded("r", .failed))
        try payment.perform(.initiateRefund(key: "s"), by: .system)
        #expect(payment.refusal(of: .initiateRefund(key: "t"), by: .system) == .nothingToRefund)
        try payment.perform(.completeRefund(key: "s"), by: .system)
        #expect(try payment.perform(.completeRefund(key: "s"), by: .system) == [])
        #expect(payment.refusal(of: .failRefund(key: "s"), by: .system) == .refundEnded("s", .completed))
        #expect(payment.status == .refunded)
    }

    @Test func amountsAreCheckedAgainstThePayment() throws {
        let dollars = Money(minorUnits: 100, .usd)
        #expect(Payment().refusal(of: Self.create(0), by: .system) == .notPositive(Example.won(0)))
        #expect(Payment().refusal(of: Self.create(-1), by: .system) == .notPositive(Example.won(-1)))
        let created = try Self.payment(in: .created)
        #expect(
            created.refusal(of: .authorize(amount: Example.won(99), reference: "r"), by: .system)
                == .authorizationMismatch(expected: Example.won(100), found: Example.won(99))
        )
        #expect(
            created.refusal(of: .authorize(amount: dollars, reference: "r"), by: .system)
                == .currencyMismatch(expected: .krw, found: .usd)
        )
        let authorized = try Self.payment(in: .authorized)
        #expect(
            authorized.refusal(of: .capture(key: "c", amount: dollars), by: .system)
                == .currencyMismatch(expected: .krw, found: .usd)
        )
        #expect(
            authorized.refusal(of: .capture(key: "c", amount: Example.won(0)), by: .system)
                == .notPositive(Example.won(0))
        )
        #expect(
            authorized.refusal(of: .capture(key: "c", amount: Example.won(.min)), by: .system)
                == .notPositive(Example.won(.min))
        )
        #expect(
            authorized.refusal(of: .capture(key: "c", amount: Example.won(101)), by: .system)
                == .exceedsAuthorized(requested: Example.won(101), capturable: Example.won(100))
        )
        let captured = try Self.payment(in: .captured)
        #expect(
            captured.refusal(of: .initiateRefund(key: "r", amount: dollars), by: .system)
                == .currencyMismatch(expected: .krw, found: .usd)
        )
        #expect(
            captured.refusal(of: .initiateRefund(key: "r", amount: Example.won(.max)), by: .system)
                == .exceedsCaptured(requested: Example.won(.max), refundable: Example.won(100))
        )
        #expect(captured.refusal(of: .completeRefund(key: "r"), by: .system) == .unknownRefund("r"))
    }

    @Test func capturesAndRefundsAreBounded() throws {
        var payment = try Self.authorized(1_000)
        for number in 1...50 {
            try payment.perform(.capture(key: try .init("c\(number)"), amount: Example.won(10)), by: .system)
        }
        #expect(
            payment.refusal(of: .capture(key: "more", amount: Example.won(10)), by: .system)
                == .tooManyCaptures(maximum: 50)
        )
        for number in 1...250 {
            try payment.perform(.initiateRefund(key: try .init("r\(number)"), amount: Example.won(1)), by: .system)
        }
        #expect(
            payment.refusal(of: .initiateRefund(key: "more", amount: Example.won(1)), by: .system)
                == .tooManyRefunds(maximum: 250)
        )
    }

    @Test func aPaymentIsBegunOnce() throws {
        var payment = try Self.payment(in: .authorized)
        #expect(try payment.perform(Self.create(100), by: .system) == [])
        #expect(payment.refusal(of: Self.create(101), by: .system) == .alreadyCreated(Example.paymentID))
        #expect(try payment.perform(.authorize(amount: Example.won(100), reference: "ref-1"), by: .system) == [])
        guard
            case .move? = payment.refusal(of: .authorize(amount: Example.won(100), reference: "ref-2"), by: .system)
        else {
            Issue.record("it was authorized twice")
            return
        }
        #expect(Payment().refusal(of: .void, by: .system) == .notCreated)
    }

    @Test func replayingTheStoredEventsGivesTheSameState() throws {
        var payment = Payment()
        let actions: [PaymentAction] = [
            Self.create(100), .beginAuthorization(key: "a", confirming: Example.won(100)),
            .authorize(amount: Example.won(100), reference: "ref-1"), .beginCapture(key: "b", amount: Example.won(30)),
            .refuseOperation(key: "b"), .capture(key: "a", amount: Example.won(70)), .void,
            .initiateRefund(key: "r", amount: Example.won(20)),
            .failRefund(key: "r"), .initiateRefund(key: "s", to: .storeCredit), .completeRefund(key: "s"),
            .settleDiscrepancy(PaymentDiscrepancyID(bits: 1), kind: .capture, key: "b", as: .notDone),
        ]
        var events: [PaymentEvent] = []
        for action in actions { events += try payment.perform(action, by: .system) }
        var failed = try Self.payment(in: .created)
        let failure = try failed.perform(.fail(.abandoned), by: .system)
        #expect(
            Set((events + failure).map { type(of: $0.payload).eventName }) == Set(PaymentEvent.cases.map(\.name))
        )
        #expect(try failure.map { try roundTripped($0) } == failure)
        let read = try events.map { try #require(try roundTripped($0)) }
        #expect(read == events)
        #expect(Payment(replaying: read) == payment)
        #expect(payment.status == .refunded)
    }
}
