public import MarketplaceCore

extension TransitionFact {
    /// Goods come back.
    static let goodsComeBack: TransitionFact = "goods come back"
}

/// Something of an order that its buyer sends back, from the wish to the money.
///
/// Only delivered units can be returned, each once, and only in time. Of a claim nothing comes back: what is settled
/// is what the seller agrees to. When the goods are back it is fixed once what is given back; a return is settled when all
/// of that has happened. A repeated command changes nothing.
public struct OrderReturn: Aggregate, Hashable {
    /// What can be asked of it.
    public typealias Command = ActorCommand<ReturnAction>
    /// What can happen to it.
    public typealias Event = ReturnEvent
    /// Why a command can be refused.
    public typealias Rejection = ReturnRejection
    /// What names one.
    public typealias ID = ReturnID

    /// The category of its event streams.
    public static var category: String { "return" }

    /// How long a buyer has to send the goods after it was agreed to (Directive 2011/83/EU article 14).
    public static let sendingPeriod: Duration = .days(14)

    /// Who may move it from where to where.
    public static let lifecycle = TransitionMachine<ReturnStatus, ReturnMove, ActorRole> {
        Transition(.request, to: .requested, by: .buyer, .operator)
        Transition(.approve, from: .requested, to: .approved, by: .seller, .operator, .system)
        Transition(.reject, from: .requested, to: .rejected, by: .seller, .operator)
        Transition(.cancel, from: .requested, .approved, to: .canceled, by: .buyer, .operator)
        Transition(
            .expire,
            from: .approved,
            to: .canceled,
            when: .goodsComeBack,
            after: sendingPeriod,
            since: .lastEntered(.approved)
        )
        Transition(.send, from: .approved, to: .inTransit, by: .buyer, .operator, .system, when: .goodsComeBack)
        Transition(.receive, from: .approved, .inTransit, to: .received, by: .seller, .operator, .system)
        Transition(.complete, from: .received, to: .completed, by: .system, effects: "give back", "restock")
        Transition.staying(.settle, in: .completed, by: .system)
    }

    /// Where it is in its life; nil before it is asked for.
    public private(set) var status: ReturnStatus?
    /// What was asked for; nil before that.
    public private(set) var requested: ReturnRequested?
    /// What came back; empty before that.
    public private(set) var received: [ReturnedUnits] = []
    /// What is given back; nil before that is fixed.
    public private(set) var completed: ReturnCompleted?
    /// Whether all that was fixed has happened: money given back, goods taken into stock, a replacement ordered.
    public private(set) var isSettled = false
    /// When each status was entered.
    public private(set) var history = TransitionHistory<ReturnStatus>()

    /// The state before the first event.
    public init() {}

    /// What names it; nil before it is asked for.
    public var id: ReturnID? { requested?.returnID }
    /// What is given back; nil before that is fixed.
    public var refunded: Money? { completed?.refunded }
    /// When it ends by itself unless the goods are sent; nil when it does not.
    public var dueTime: Timestamp? {
        status.flatMap { Self.lifecycle.timers(in: $0, history: history, given: facts).first?.time }
    }

    /// What is true of it.
    var facts: Set<TransitionFact> { requested?.kind.expectsGoods == true ? [.goodsComeBack] : [] }

    /// Answers `command` with the events to record; an empty list when nothing changes.
    public func decide(_ command: Command) throws(ReturnRejection) -> [ReturnEvent] {
        if case .request(let id, let order, let kind, let items, let terms, let replacement) = command.action {
            let wish = Wish(id: id, order: order, kind: kind, items: items, terms: terms, replacement: replacement)
            return try request(wish, command)
        }
        guard let requested, let status else { throw .notRequested }
        try refuseStrangers(command, requested.buyerID, requested.sellerID)
        switch command.action {
        case .request: return []
        case .approve: return try change(.approve, to: .approved, rejection: nil, command)
        case .reject(let reason): return try change(.reject, to: .rejected, rejection: reason, command)
        case .cancel: return try change(.cancel, to: .canceled, rejection: nil, command)
        case .expire: return try change(.expire, to: .canceled, rejection: nil, command)
        case .send: return try change(.send, to: .inTransit, rejection: nil, command)
        case .receive(let units): return try receive(units, requested, status, command)
        case .complete(let amount, let givenBefore, let units, let charges, let replacement):
            let outcome = ReturnCompleted(
                returnID: requested.returnID,
                orderID: requested.orderID,
                refunded: amount,
                givenBefore: givenBefore,
                units: units,
                charges: charges,
                replacementID: replacement,
                by: command.actor,
                at: command.time
            )
            return try complete(outcome, status, command)
        case .settle: return try settle(requested, command)
        }
    }

    /// Moves the state along a recorded event.
    public mutating func apply(_ event: ReturnEvent) {
        switch event {
        case .requested(let request):
            requested = request
            enter(.requested, at: request.at)
        case .statusChanged(let change): enter(change.to, at: change.at)
        case .received(let receipt):
            received = receipt.units
            enter(.received, at: receipt.at)
        case .completed(let completion):
            completed = completion
            enter(.completed, at: completion.at)
        case .settled: isSettled = true
        }
    }

    private mutating func enter(_ status: ReturnStatus, at time: Timestamp) {
        self.status = status
        history.enter(status, at: time)
    }
}
