import MarketplaceCore
import MarketplaceDomain
import Testing

/// What is recorded before the gateway is asked.
@Suite struct PaymentOperationTests {
    private static func won(_ amount: Int64) -> Money { Example.won(amount) }

    @Test func whatIsUnderWayCannotBeCapturedByAnother() throws {
        var payment = try PaymentTests.authorized(100)
        #expect(try payment.perform(.beginCapture(key: "a", amount: Self.won(60)), by: .system).count == 1)
        #expect(try payment.perform(.beginCapture(key: "a", amount: Self.won(60)), by: .system) == [])
        #expect(
            payment.refusal(of: .beginCapture(key: "a", amount: Self.won(61)), by: .system)
                == .keyReused("a", amount: Self.won(60))
        )
        for action in [
            PaymentAction.beginCapture(key: "b", amount: Self.won(41)), .capture(key: "b", amount: Self.won(41)),
        ] {
            #expect(
                payment.refusal(of: action, by: .system)
                    == .exceedsAuthorized(requested: Self.won(41), capturable: Self.won(40))
            )
        }
        try payment.perform(.beginCapture(key: "b"), by: .system)
        #expect(payment.refusal(of: .beginCapture(key: "c"), by: .system) == .operationUnderWay("a", .capture))
        #expect(payment.refusal(of: .beginVoid(key: "v"), by: .system) == .operationUnderWay("a", .capture))
        #expect(payment.refusal(of: .void, by: .system) == .operationUnderWay("a", .capture))
        #expect(payment.refusal(of: .fail(.expired), by: .system) == .operationUnderWay("a", .capture))
        #expect(
            payment.refusal(of: .capture(key: "a", amount: Self.won(59)), by: .system)
                == .keyReused("a", amount: Self.won(60))
        )
        try payment.perform(.capture(key: "b"), by: .system)
        #expect(payment.captures["b"] == Self.won(40))
        let last = try payment.perform(.capture(key: "a", amount: Self.won(60)), by: .system)
        #expect(last.count == 2)
        #expect(payment.operations.isEmpty)
    }

    @Test func whatWasRefusedIsFreeAgainAndItsKeyGetsTheFirstAnswer() throws {
        var payment = try PaymentTests.authorized(100)
        try payment.perform(.beginCapture(key: "a"), by: .system)
        #expect(try payment.perform(.refuseOperation(key: "a"), by: .system).count == 1)
        #expect(try payment.perform(.refuseOperation(key: "a"), by: .system) == [])
        #expect(try payment.perform(.beginCapture(key: "a"), by: .system) == [])
        #expect(payment.operations["a"]?.status == .refused)
        #expect(payment.refusal(of: .refuseOperation(key: "z"), by: .system) == .unknownOperation("z"))
        try payment.perform(.beginCapture(key: "b"), by: .system)
        #expect(payment.keysUnderWay(.capture) == ["b"])
    }

    @Test func aDiscrepancyIsSettledOnceAndItIsRecordedByWhom() throws {
        var payment = try PaymentTests.authorized(100)
        let settle = PaymentAction.settleDiscrepancy(
            PaymentDiscrepancyID(bits: 1),
            kind: .capture,
            key: "a",
            as: .notDone
        )
        let staff = CommandActor.operator(Example.staff)
        guard case .discrepancySettled(let settled)? = try payment.perform(settle, by: staff).first else {
            Issue.record("not recorded")
            return
        }
        #expect(settled.by == staff && settled.end == .notDone && settled.key == "a")
        #expect(try payment.perform(settle, by: .system) == [])
        #expect(Payment().refusal(of: settle, by: staff) == .notCreated)
        for number in 2...UInt128(Payment.maximumOperations) {
            let other = PaymentDiscrepancyID(bits: number)
            try payment.perform(.settleDiscrepancy(other, kind: .void, key: nil, as: .done), by: staff)
        }
        let last = PaymentDiscrepancyID(bits: 1_000)
        #expect(
            payment.refusal(of: .settleDiscrepancy(last, kind: .void, key: nil, as: .done), by: staff)
                == .tooManyOperations(maximum: Payment.maximumOperations)
        )
    }

    @Test func aPaymentIsAuthorizedOnceWhoeverConfirmsIt() throws {
        var payment = try PaymentTests.payment(in: .created)
        let confirm = PaymentAction.beginAuthorization(key: "a", confirming: Self.won(100))
        try payment.perform(confirm, by: .buyer(Example.buyer))
        #expect(try payment.perform(confirm, by: .system) == [])
        #expect(
            payment.refusal(of: .beginAuthorization(key: "b", confirming: Self.won(100)), by: .system)
                == .operationUnderWay("a", .authorize)
        )
        try payment.perform(.authorize(amount: Self.won(100), reference: "r"), by: .system)
        #expect(payment.operations.isEmpty)
        #expect(
            try payment.perform(.beginAuthorization(key: "b", confirming: Self.won(100)), by: .buyer(Example.buyer))
                == []
        )
        #expect(
            payment.refusal(of: .beginAuthorization(key: "b", confirming: Self.won(1)), by: .system)
                == .authorizationMismatch(expected: Self.won(100), found: Self.won(1))
        )
    }

    @Test func aVoidOvertakesAnAuthorizationUnderWayAndNotTheOtherWayRound() throws {
        var payment = try PaymentTests.payment(in: .created)
        try payment.perform(.beginAuthorization(key: "a", confirming: Self.won(100)), by: .system)
        try payment.perform(.beginVoid(key: "v"), by: .system)
        #expect(payment.refusal(of: .beginVoid(key: "w"), by: .system) == .operationUnderWay("v", .void))
        try payment.perform(.void, by: .system)
        #expect(payment.operations.isEmpty)
        #expect(payment.status == .voided)
        var other = try PaymentTests.authorized(100)
        try other.perform(.beginVoid(key: "v"), by: .system)
        #expect(other.refusal(of: .beginCapture(key: "c"), by: .system) == .operationUnderWay("v", .void))
    }

    @Test func operationsAreBounded() throws {
        var payment = try PaymentTests.authorized(1_000)
        for number in 1...Payment.maximumOperations {
            let key = try IdempotencyKey("k\(number)")
            try payment.perform(.beginCapture(key: key, amount: Self.won(1)), by: .system)
            try payment.perform(.refuseOperation(key: key), by: .system)
        }
        #expect(
            payment.refusal(of: .beginCapture(key: "more", amount: Self.won(1)), by: .system)
                == .tooManyOperations(maximum: Payment.maximumOperations)
        )
        var busy = try PaymentTests.authorized(1_000)
        for number in 1...Payment.maximumCaptures {
            try busy.perform(.beginCapture(key: try .init("k\(number)"), amount: Self.won(1)), by: .system)
        }
        #expect(
            busy.refusal(of: .beginCapture(key: "more", amount: Self.won(1)), by: .system)
                == .tooManyCaptures(maximum: Payment.maximumCaptures)
        )
    }

    /// Somebody who is that party to the payment of the examples.
    private static func actor(_ party: CommandParty) -> CommandActor? {
        switch party {
        case .visitor: .visitor
        case .member: .buyer(Example.stranger)
        case .owner: .buyer(Example.buyer)
        case .otherSeller: .seller(Example.otherSeller)
        // A payment belongs to no seller.
        case .seller: nil
        case .operator: .operator(Example.staff)
        case .system: .system
        }
    }

    @Test(arguments: CommandParty.allCases)
    func exactlyTheListedPartiesMayGiveEachCommand(_ party: CommandParty) throws {
        guard let actor = Self.actor(party) else { return }
        var capturing = try PaymentTests.authorized(100)
        try capturing.perform(.beginCapture(key: "c", amount: Self.won(10)), by: .system)
        var refunding = try PaymentTests.payment(in: .captured)
        try refunding.perform(.initiateRefund(key: "r"), by: .system)
        let created = try PaymentTests.payment(in: .created)
        let authorized = try PaymentTests.authorized(100)
        let captured = try PaymentTests.payment(in: .captured)
        let both: Set<CommandParty> = [.operator, .system]
        let table: [(Payment, PaymentAction, Set<CommandParty>)] = [
            (Payment(), PaymentTests.create(100), [.system]),
            (created, .beginAuthorization(key: "a", confirming: Self.won(100)), [.owner, .operator, .system]),
            (created, .authorize(amount: Self.won(100), reference: "r"), [.system]),
            (created, .fail(.declined), [.system]),
            (authorized, .beginCapture(key: "c"), both),
            (authorized, .capture(key: "c"), both),
            (authorized, .beginVoid(key: "v"), both),
            (authorized, .void, both),
            (capturing, .refuseOperation(key: "c"), [.system]),
            (captured, .initiateRefund(key: "r"), both),
            (refunding, .completeRefund(key: "r"), [.system]),
            (refunding, .failRefund(key: "r"), [.system]),
        ]
        for (payment, action, parties) in table {
            #expect(action.rule.parties == parties, "\(action)")
            let refusal = payment.refusal(of: action, by: actor)
            #expect(
                (refusal == nil) == parties.contains(party),
                "\(action) by \(party): \(String(describing: refusal))"
            )
            guard payment.begun != nil, party == .visitor || party == .member || party == .otherSeller else { continue }
            #expect(refusal == .forbidden(Example.forbidden(action, to: actor, party)))
        }
    }
}
