public import MarketplaceCore

extension TransitionFact {
    /// The buyer has asked to call it off, and nobody has decided.
    static let cancellationIsRequested: TransitionFact = "a cancellation is requested"
    /// No unit is left that is neither called off nor on its way.
    static let nothingIsLeftToShip: TransitionFact = "nothing is left to ship"
    /// Every unit that was not called off is there.
    static let everythingIsThere: TransitionFact = "everything is there"
    /// Some units are on their way or there.
    static let somethingIsShipped: TransitionFact = "something is shipped"
}

extension Order {
    /// How long a purchase may stay unpaid before its order is given up: longer than any checkout waits.
    public static let paymentPeriod = Duration.hours(24)
    /// How long after the delivery an order is completed by itself: the time in which a buyer may look at the goods.
    public static let completionPeriod = Duration.days(14)

    /// Who may move it from where to where.
    public static let lifecycle = TransitionMachine<OrderStatus, OrderMove, ActorRole> {
        Transition(.create, to: .pending, by: .buyer, .operator, .system)
        Transition(.confirm, from: .pending, to: .confirmed, by: .system)
        Transition(.fail, from: .pending, to: .failed, by: .system)
        Transition(.expire, from: .pending, to: .expired, after: paymentPeriod, since: .firstEntered(.pending))
        Transition(.cancel, from: .pending, to: .canceled, by: .system)
        Transition(.cancel, from: .confirmed, to: .canceled, by: .buyer, .seller, .operator, .system)
        Transition(.cancel, from: .preparing, to: .canceled, by: .seller, .operator, .system)
        for status in [OrderStatus.confirmed, .preparing] {
            Transition.staying(.requestCancellation, in: status, by: .buyer, .operator)
            Transition(
                .acceptCancellation,
                from: status,
                to: .canceled,
                by: .seller,
                .operator,
                when: .cancellationIsRequested
            )
            Transition.staying(
                .rejectCancellation,
                in: status,
                by: .seller,
                .operator,
                when: .cancellationIsRequested
            )
            Transition.staying(.change, in: status, by: .buyer, .seller, .operator, .system)
            Transition.staying(.undoChange, in: status, by: .system)
        }
        Transition.staying(.changeAddress, in: .pending, .confirmed, .preparing, by: .buyer, .operator)
        Transition(.prepare, from: .confirmed, to: .preparing, by: .seller, .operator, .system)
        Transition(.pack, from: .confirmed, to: .preparing, by: .seller, .operator, .system)
        Transition.staying(.pack, in: .preparing, .partiallyShipped, by: .seller, .operator, .system)
        Transition.staying(.unpack, in: .preparing, .partiallyShipped, by: .seller, .operator, .system)
        shippingRows
        Transition(
            .complete,
            from: .delivered,
            to: .completed,
            by: .buyer,
            .operator,
            after: completionPeriod,
            since: .firstEntered(.delivered)
        )
        for move in [OrderMove.recordReturn, .noteReturnRefund] {
            Transition.staying(move, in: .partiallyShipped, .shipped, .delivered, .completed, by: .system)
        }
        Transition.staying(
            .giveGoodwill,
            in: .confirmed,
            .preparing,
            .partiallyShipped,
            .shipped,
            .delivered,
            by: .seller,
            .operator
        )
        // By then the seller may have been paid, and be gone.
        Transition.staying(.giveGoodwill, in: .completed, by: .operator)
        for status in [
            OrderStatus.confirmed, .preparing, .partiallyShipped, .shipped, .delivered, .completed, .canceled,
        ] {
            Transition.staying(.noteRefund, in: status, by: .system)
            Transition.staying(.retryRefund, in: status, by: .operator)
            Transition.staying(.noteStock, in: status, by: .system)
        }
    }

    private typealias Row = Transition<OrderStatus, OrderMove, ActorRole>

    @TransitionTableBuilder<OrderStatus, OrderMove, ActorRole>
    private static var shippingRows: [Transition<OrderStatus, OrderMove, ActorRole>] {
        let sellers: [ActorRole] = [.seller, .operator, .system]
        let receivers: [ActorRole] = [.buyer, .operator, .system]
        // Whoever has been asked to call it off decides first.
        for (target, required, forbidden) in [
            (OrderStatus.shipped, [TransitionFact.nothingIsLeftToShip], [TransitionFact.cancellationIsRequested]),
            (.partiallyShipped, [], [.nothingIsLeftToShip, .cancellationIsRequested]),
        ] {
            Row(
                .ship,
                from: [.preparing, .partiallyShipped],
                to: target,
                by: sellers,
                when: required,
                unless: forbidden
            )
        }
        for status in [OrderStatus.partiallyShipped, .shipped] {
            Row(.deliver, from: [status], to: status, by: receivers, unless: [.everythingIsThere])
        }
        Row(
            .deliver,
            from: [.partiallyShipped, .shipped],
            to: .delivered,
            by: receivers,
            when: [.everythingIsThere]
        )
        Row(
            .takeBack,
            from: [.partiallyShipped, .shipped],
            to: .partiallyShipped,
            by: sellers,
            when: [.somethingIsShipped]
        )
        Row(
            .takeBack,
            from: [.partiallyShipped, .shipped],
            to: .preparing,
            by: sellers,
            unless: [.somethingIsShipped]
        )
        for (target, required, forbidden) in [
            (OrderStatus.partiallyShipped, [], [TransitionFact.nothingIsLeftToShip]),
            (.shipped, [TransitionFact.nothingIsLeftToShip], [.everythingIsThere]),
            (.delivered, [.nothingIsLeftToShip, .everythingIsThere], []),
        ] {
            Row(.change, from: [.partiallyShipped], to: target, by: sellers, when: required, unless: forbidden)
            Row(.undoChange, from: [.partiallyShipped], to: target, by: [.system], when: required, unless: forbidden)
        }
    }

    /// The time points that its timers count from.
    var history: TransitionHistory<OrderStatus> {
        var history = TransitionHistory<OrderStatus>()
        if let placed { history.enter(.pending, at: placed.at) }
        if let deliveredAt { history.enter(.delivered, at: deliveredAt) }
        return history
    }

    /// When its status ends by itself, if it does: an unpaid order is given up, a delivered one completed.
    public var dueTime: Timestamp? {
        status.flatMap { Self.lifecycle.timers(in: $0, history: history).first?.time }
    }
}
