import MarketplaceCore
import MarketplaceDomain
import TestSupport
import Testing

@Suite struct OrderTests {
    static let lines = [
        sold("tea", .units(2), 1_500), sold("cup", .one, 9_000), sold("tea", .units(3), 1_500),
    ]
    static let parcel = ShipmentID(bits: 40)
    static let everything = [
        OrderUnits(lineIndex: 0, units: 2), OrderUnits(lineIndex: 1, units: 1), OrderUnits(lineIndex: 2, units: 3),
    ]
    static let rest = ShipmentID(bits: 41)

    static func sold(_ sku: SKU, _ quantity: Quantity, _ price: Int64) -> OrderLine {
        OrderLine(sku: sku, sellerID: Example.seller, quantity: quantity, unitPrice: Example.won(price))
    }

    static let create = OrderAction.create(id: Example.orderID, buyer: Example.buyer, lines: lines)

    /// An order that was moved there.
    static func order(in status: OrderStatus?) throws -> Order {
        var order = Order()
        for (action, actor) in way(to: status) { try order.perform(action, by: actor) }
        if status == .expired {
            let later = Example.now.advanced(by: Order.paymentPeriod)
            _ = try order.handle(ActorCommand(.expire, by: .system, at: later))
        }
        return order
    }

    /// The commands that lead there.
    static func way(to status: OrderStatus?) -> [(OrderAction, CommandActor)] {
        let seller = CommandActor.seller(Example.seller)
        let toPending: [(OrderAction, CommandActor)] = [(create, .buyer(Example.buyer))]
        let toPreparing = toPending + [(.confirm, .system), (.prepare, seller)]
        let toShipped = toPreparing + [(.pack(parcel, everything), seller), (.ship(parcel), seller)]
        let toDelivered = toShipped + [(.deliver(parcel), .buyer(Example.buyer))]
        return switch status {
        case nil: []
        case .pending: toPending
        case .confirmed: toPending + [(.confirm, .system)]
        case .preparing: toPreparing
        case .partiallyShipped: toPreparing + [(.pack(parcel, [everything[0]]), seller), (.ship(parcel), seller)]
        case .shipped: toShipped
        case .delivered: toDelivered
        case .completed: toDelivered + [(.complete, .buyer(Example.buyer))]
        case .canceled: toPending + [(.cancel(.buyerRequest), .system)]
        case .failed: toPending + [(.fail(.outOfStock), .system)]
        case .expired: toPending
        }
    }

    @Test func theTotalIsWhatTheLinesComeTo() throws {
        let order = try Self.order(in: .pending)
        #expect(order.total == Example.won(16_500))
        #expect(order.status == .pending)
        #expect(try order.lines.demand() == ["tea": .units(5), "cup": .one])
    }

    @Test func theLifecycleAllowsExactlyWhatIsListed() {
        typealias Row = (move: OrderMove, from: OrderStatus?, to: OrderStatus, by: [ActorRole])
        let sellers: [ActorRole] = [.seller, .operator, .system]
        let buyers: [ActorRole] = [.buyer, .operator, .system]
        let all: [ActorRole] = [.buyer, .seller, .operator, .system]
        let always: [Row] = [
            (.create, nil, .pending, buyers), (.confirm, .pending, .confirmed, [.system]),
            (.fail, .pending, .failed, [.system]), (.cancel, .pending, .canceled, [.system]),
            (.cancel, .confirmed, .canceled, all), (.cancel, .preparing, .canceled, sellers),
            (.requestCancellation, .confirmed, .confirmed, [.buyer, .operator]),
            (.requestCancellation, .preparing, .preparing, [.buyer, .operator]),
            (.change, .confirmed, .confirmed, all), (.change, .preparing, .preparing, all),
            (.changeAddress, .pending, .pending, [.buyer, .operator]),
            (.changeAddress, .confirmed, .confirmed, [.buyer, .operator]),
            (.changeAddress, .preparing, .preparing, [.buyer, .operator]),
            (.prepare, .confirmed, .preparing, sellers), (.pack, .confirmed, .preparing, sellers),
            (.pack, .preparing, .preparing, sellers), (.pack, .partiallyShipped, .partiallyShipped, sellers),
            (.unpack, .preparing, .preparing, sellers), (.unpack, .partiallyShipped, .partiallyShipped, sellers),
            (.complete, .delivered, .completed, [.buyer, .operator]),
        ]
        let later: [OrderStatus] = [.partiallyShipped, .shipped, .delivered, .completed]
        let returns: [Row] = later.flatMap { status -> [Row] in
            [(.recordReturn, status, status, [.system]), (.noteReturnRefund, status, status, [.system])]
        }
        let goodwill: [Row] = (later + [.confirmed, .preparing]).map {
            (.giveGoodwill, $0, $0, $0 == .completed ? [.operator] : [.seller, .operator])
        }
        let refunds: [Row] = (later + [.confirmed, .preparing, .canceled]).map { (.noteRefund, $0, $0, [.system]) }
        let settled: [Row] = (later + [.confirmed, .preparing, .canceled]).flatMap { status -> [Row] in
            [(.retryRefund, status, status, [.operator]), (.noteStock, status, status, [.system])]
        }
        let undone: [Row] = [.confirmed, .preparing, .partiallyShipped].map { (.undoChange, $0, $0, [.system]) }
        let onTheWay: [Row] = [
            (.ship, .preparing, .partiallyShipped, sellers), (.ship, .partiallyShipped, .partiallyShipped, sellers),
            (.deliver, .partiallyShipped, .partiallyShipped, buyers), (.deliver, .shipped, .shipped, buyers),
            (.takeBack, .partiallyShipped, .preparing, sellers), (.takeBack, .shipped, .preparing, sellers),
            (.change, .partiallyShipped, .partiallyShipped, sellers),
        ]
        expectExactly(
            Order.lifecycle,
            allows: always + returns + goodwill + refunds + settled + undone + onTheWay,
            states: OrderStatus.allCases,
            moves: OrderMove.allCases,
            roles: ActorRole.allCases
        )
    }

    @Test(arguments: OrderStatus.allCases, ActorRole.allCases)
    func everyPlainMoveFollowsTheLifecycleOrRepeatsWhatWasDone(_ status: OrderStatus, _ role: ActorRole) throws {
        let actions: [(OrderAction, OrderMove, OrderStatus)] = [
            (.confirm, .confirm, .confirmed), (.cancel(.other), .cancel, .canceled), (.fail(.timedOut), .fail, .failed),
            (.prepare, .prepare, .preparing),
        ]
        for (action, move, target) in actions {
            var order = try Self.order(in: status)
            let before = order.status
            let isRepeated = status == target && Order.lifecycle.roles(of: move).contains(role)
            let isListed = (try? Order.lifecycle.move(move, from: status, by: role)) != nil
            if isRepeated {
                #expect(try order.perform(action, by: Example.actor(role)) == [])
                #expect(order.status == before)
            } else if isListed {
                #expect(try order.perform(action, by: Example.actor(role)).count == 1)
                #expect(order.status == target)
            } else if role == .visitor {
                #expect(
                    order.refusal(of: action, by: Example.actor(role))
                        == action.forbidden(to: Example.actor(role), .visitor)
                )
            } else {
                guard case .move(let refusal)? = order.refusal(of: action, by: Example.actor(role)) else {
                    Issue.record("\(action) from \(status) by \(role) was not refused by the lifecycle")
                    continue
                }
                #expect(refusal.open == Order.lifecycle.open(from: status, by: role))
            }
        }
    }

    @Test func eventsCarryTheirNamesAndTellWhatChanged() throws {
        var order = Order()
        let created = try order.perform(Self.create, by: .buyer(Example.buyer))
        let confirmed = try order.perform(.confirm, by: .system)
        let canceled = try order.perform(.cancel(.sellerUnable), by: .operator(Example.staff))
        #expect(
            (created + confirmed + canceled).map { type(of: $0.payload).eventName } == [
                "OrderCreated", "OrderStatusChanged", "OrderCanceled",
            ]
        )
        guard case .statusChanged(let change)? = confirmed.first else {
            Issue.record("no change")
            return
        }
        #expect(change.from == .pending && change.to == .confirmed && change.failure == nil)
        #expect(order.cancellation == .sellerUnable)
    }

    @Test func aFailedOrderIsNotACanceledOne() throws {
        let failed = try Self.order(in: .failed)
        #expect(failed.failure == .outOfStock && failed.cancellation == nil)
        let canceled = try Self.order(in: .canceled)
        #expect(canceled.failure == nil && canceled.cancellation == .buyerRequest)
    }

    @Test func creatingTheSameOrderAgainChangesNothingAndAnotherIsRefused() throws {
        let order = try Self.order(in: .confirmed)
        #expect(try order.decide(ActorCommand(Self.create, by: .buyer(Example.buyer), at: Example.now)) == [])
        let other = OrderAction.create(id: Example.orderID, buyer: Example.buyer, lines: [Self.lines[0]])
        #expect(order.refusal(of: other, by: .system) == .alreadyCreated(Example.orderID))
    }

    @Test func nothingCanBeAskedOfAnOrderThatIsNotThere() {
        #expect(Order().refusal(of: .confirm, by: .system) == .notCreated)
        #expect(Order().refusal(of: .cancel(.other), by: .buyer(Example.buyer)) == .notCreated)
        #expect(Order().refusal(of: .fail(.other), by: .system) == .notCreated)
    }

    @Test func strangersAreRefused() throws {
        #expect(
            Order().refusal(of: Self.create, by: .buyer(Example.stranger))
                == Self.create.forbidden(to: .buyer(Example.stranger), .member)
        )
        let order = try Self.order(in: .confirmed)
        for action in [OrderAction.confirm, .cancel(.other), .fail(.other)] {
            for (actor, party) in [
                (CommandActor.buyer(Example.stranger), CommandParty.member),
                (.seller(Example.otherSeller), .otherSeller),
                (.visitor, .visitor),
            ] {
                #expect(order.refusal(of: action, by: actor) == action.forbidden(to: actor, party))
            }
        }
    }

    @Test func ordersThatCannotBePricedAreRefused() {
        func refusal(_ lines: [OrderLine], statedTotal: Money? = nil) -> OrderRejection? {
            Order().refusal(
                of: .create(id: Example.orderID, buyer: Example.buyer, lines: lines, statedTotal: statedTotal),
                by: .buyer(Example.buyer)
            )
        }
        let line = Example.line("tea", .one, 1_000)
        #expect(refusal([]) == .noLines)
        #expect(refusal(Array(repeating: line, count: 201)) == .tooManyLines(count: 201, maximum: 200))
        #expect(refusal(Array(repeating: line, count: 200)) == nil)
        #expect(
            refusal([line, OrderLine(sku: "cup", quantity: .one, unitPrice: Money(minorUnits: 1, .usd))])
                == .currencyMismatch(expected: .krw, found: .usd, lineIndex: 1)
        )
        #expect(refusal([line, Example.line("cup", .one, -1)]) == .negativePrice(Example.won(-1), lineIndex: 1))
        #expect(refusal([line, Example.line("cup", .one, 0)]) == nil)
        #expect(
            refusal([Example.line("cup", .units(2), .max)])
                == .amount(.overflow(.multiplication(Example.won(.max), by: 2)))
        )
        #expect(
            refusal([Example.line("cup", .one, .max), Example.line("cup", .one, 1)])
                == .amount(.overflow(.addition(Example.won(.max), Example.won(1))))
        )
        let most = Example.line("cup", .units(1_000_000_000), 0)
        #expect(refusal([most, Example.line("cup", .one, 0)]) == .quantity(.tooLarge(1_000_000_001)))
        #expect(
            refusal([line], statedTotal: Example.won(900))
                == .totalMismatch(stated: Example.won(900), computed: Example.won(1_000))
        )
        #expect(refusal([line], statedTotal: Example.won(1_000)) == nil)
    }

    @Test func theTotalIsWhatTheSharesComeToAndTheyMustBeThoseOfTheLines() throws {
        func shares(units: Int = 2, discount: Int64 = 100, tax: Int64 = 0, paid: Int64 = 900) throws -> FrozenShares {
            let run = FrozenShares.Run(units: units, discountMinor: discount, taxMinor: tax, paidMinor: paid)
            return try FrozenShares(.krw, lines: [FrozenShares.Line("tea", [run])])
        }
        func create(_ shares: FrozenShares) -> OrderAction {
            .create(
                id: Example.orderID,
                buyer: Example.buyer,
                lines: [Example.line("tea", .units(2), 1_000)],
                shares: shares
            )
        }
        var order = Order()
        try order.perform(create(shares()), by: .buyer(Example.buyer))
        #expect(order.total == Example.won(1_800))
        #expect(order.shares == (try shares()))
        #expect(try order.perform(create(shares()), by: .buyer(Example.buyer)).isEmpty)
        // Tax may be in the price or come on top of it.
        for fitting in [try shares(tax: 80), try shares(tax: 90, paid: 990)] {
            #expect(Order().refusal(of: create(fitting), by: .system) == nil)
        }
        for other in [
            try shares(units: 3), try shares(paid: 899), try shares(discount: 1_001, paid: 0),
            try shares(tax: 90, paid: 991),
        ] {
            #expect(Order().refusal(of: create(other), by: .system) == .sharesMismatch(lineIndex: 0))
        }
        let none = try FrozenShares(.krw, lines: [])
        #expect(Order().refusal(of: create(none), by: .system) == .sharesMismatch(lineIndex: 0))
        #expect(order.refusal(of: create(try shares(tax: 80)), by: .system) == .alreadyCreated(Example.orderID))
    }

    @Test(arguments: OrderStatus.allCases)
    func replayingTheStoredEventsGivesTheSameState(_ status: OrderStatus) throws {
        var order = Order()
        var events: [OrderEvent] = []
        for (action, actor) in Self.way(to: status) { events += try order.perform(action, by: actor) }
        if status == .expired {
            let later = Example.now.advanced(by: Order.paymentPeriod)
            events += try order.handle(ActorCommand(.expire, by: .system, at: later))
        }
        let read = try events.map { try #require(try roundTripped($0)) }
        #expect(read == events)
        let replayed = Order(replaying: read)
        #expect(replayed == order)
        #expect(replayed.status == status)
    }

    @Test func everyRejectionIsFinalAndReadsAsASentence() {
        let refusal = Order().refusal(of: .confirm, by: .system)
        #expect(refusal?.effect == .refused)
        #expect(refusal?.description == "there is no such order yet")
    }
}

extension OrderAction {
    /// The refusal of a stranger.
    fileprivate func forbidden(to actor: CommandActor, _ party: CommandParty) -> OrderRejection {
        .forbidden(Example.forbidden(self, to: actor, party))
    }
}
