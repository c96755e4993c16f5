public import MarketplaceCore

/// Money on its way to a seller for earnings of a period in one currency.
///
/// It names the open items it settles; each is settled once, since settling takes it away in the same commit. What the
/// bank answers may stay unknown: a sent payout is looked up under its id until it is known. One that failed or came
/// back is owed again, by an item of its own. Repeating a move that was made changes nothing.
public struct Payout: Aggregate, Hashable {
    /// What can be asked of it.
    public typealias Command = ActorCommand<PayoutAction>
    /// What can happen to it.
    public typealias Event = PayoutEvent
    /// Why a command can be refused.
    public typealias Rejection = PayoutRejection
    /// What names one.
    public typealias ID = PayoutID

    /// The category of its event streams.
    public static var category: String { "payout" }

    /// The most open items of one payout: its event stays far below the limit of a payload.
    ///
    /// What is more becomes another payout of the same period.
    public static let maximumItems = 1_000

    /// Who may move it from where to where.
    public static let lifecycle = TransitionMachine<PayoutStatus, PayoutMove, ActorRole> {
        Transition(.create, to: .created, by: .system, .operator)
        Transition(.send, from: .created, to: .sent, by: .system, .operator)
        Transition(.confirm, from: .sent, to: .paid, by: .system, .operator)
        Transition(.fail, from: .created, .sent, to: .failed, by: .system, .operator)
        Transition(.return, from: .paid, to: .returned, by: .system, .operator)
    }

    /// Where it is in its life; nil before it is begun.
    public private(set) var status: PayoutStatus?
    /// To whom and for what it is; nil before it is begun.
    public private(set) var created: PayoutCreated?
    /// What the bank calls it; nil before it is paid.
    public private(set) var reference: PayoutReference?
    /// Why it failed or came back, if it did.
    public private(set) var failure: PayoutFailureReason?

    /// The state before the first event.
    public init() {}

    /// What names it; nil before it is begun.
    public var id: PayoutID? { created?.payoutID }

    /// Answers `command` with the events to record; an empty list when nothing changes.
    public func decide(_ command: Command) throws(PayoutRejection) -> [PayoutEvent] {
        do throws(CommandForbidden) {
            try command.refuseStrangers(seller: created?.sellerID)
        } catch {
            throw .forbidden(error)
        }
        if case .create(let id, let seller, let amount, let period, let items, let entry) = command.action {
            return try create(id, seller, amount, period, items, entry, command)
        }
        guard let created, status != nil else { throw .notCreated }
        let (id, seller, amount) = (created.payoutID, created.sellerID, created.amount)
        let (by, at) = (command.actor, command.time)
        switch command.action {
        case .create: return []
        case .send:
            guard try isMoved(.send, to: .sent, command) else { return [] }
            return [.sent(PayoutSent(payoutID: id, sellerID: seller, amount: amount, by: by, at: at))]
        case .confirm(let reference):
            guard try isMoved(.confirm, to: .paid, command) else { return [] }
            return [
                .paid(
                    PayoutPaid(payoutID: id, sellerID: seller, amount: amount, reference: reference, by: by, at: at)
                )
            ]
        case .fail(let reason):
            guard try isMoved(.fail, to: .failed, command) else { return [] }
            return [
                .failed(PayoutFailed(payoutID: id, sellerID: seller, amount: amount, reason: reason, by: by, at: at))
            ]
        case .return(let reason):
            guard try isMoved(.return, to: .returned, command) else { return [] }
            return [
                .returned(
                    PayoutReturned(payoutID: id, sellerID: seller, amount: amount, reason: reason, by: by, at: at)
                )
            ]
        }
    }

    /// Moves the state along a recorded event.
    public mutating func apply(_ event: PayoutEvent) {
        switch event {
        case .created(let created):
            self.created = created
            status = .created
        case .sent: status = .sent
        case .paid(let paid):
            status = .paid
            reference = paid.reference
        case .failed(let failed):
            status = .failed
            failure = failed.reason
        case .returned(let returned):
            status = .returned
            failure = returned.reason
        }
    }

    /// The entry that goes with an event, as the event leaves the payout; nil when no money moves.
    ///
    /// - Throws: ``LedgerError`` when it cannot be made; a positive amount always can.
    public func entry(for event: PayoutEvent, named id: LedgerEntryID) throws(LedgerError) -> LedgerEntryPosted? {
        guard let created else { return nil }
        let seller = created.sellerID
        let amount = created.amount
        let exact = Int128(amount.minorUnits)
        let kind: LedgerCause.Kind
        let counter: LedgerAccount
        let (by, at): (CommandActor, Timestamp)
        switch event {
        case .created, .sent: return nil
        case .paid(let paid): (kind, counter, by, at) = (.payoutPaid, .cash, paid.by, paid.at)
        case .failed(let failed):
            (kind, counter, by, at) = (.payoutFailed, .sellerPayable(seller), failed.by, failed.at)
        case .returned(let returned):
            (kind, counter, by, at) = (.payoutReturned, .sellerPayable(seller), returned.by, returned.at)
        }
        let cause = LedgerCause(kind, payout: created.payoutID, seller: seller, amount: amount)
        // What came back had left the bank before.
        let source: LedgerAccount = kind == .payoutReturned ? .cash : .payoutClearing
        let entry = try LedgerEntry(id, for: cause, [source: exact, counter: -exact], in: amount.currency)
        let opens =
            counter.kind == .sellerPayable ? [OpenItem(counter, of: seller, amount, entry: id, maturesAt: at)] : []
        return LedgerEntryPosted(entry: entry, opens: opens, by: by, at: at)
    }
}

extension Payout {
    private func create(
        _ id: PayoutID,
        _ seller: SellerID,
        _ amount: Money,
        _ period: SettlementPeriod,
        _ items: [OpenItemID],
        _ entry: LedgerEntryID,
        _ command: Command
    ) throws(PayoutRejection) -> [PayoutEvent] {
        if let created {
            let isSame =
                created.payoutID == id && created.sellerID == seller && created.amount == amount
                && created.period == period && created.settles == items && created.entryID == entry
            guard isSame, Self.lifecycle.roles(of: .create).contains(command.actor.role) else {
                throw .alreadyCreated(created.payoutID)
            }
            return []
        }
        try check(.create, command)
        guard amount.isPositive else { throw .notPositive(amount) }
        guard !items.isEmpty, items.count <= Self.maximumItems else {
            throw .items(count: items.count, maximum: Self.maximumItems)
        }
        return [
            .created(
                PayoutCreated(
                    payoutID: id,
                    sellerID: seller,
                    amount: amount,
                    period: period,
                    settles: items,
                    entryID: entry,
                    by: command.actor,
                    at: command.time
                )
            )
        ]
    }

    /// Whether an allowed move is still to be made.
    private func isMoved(
        _ move: PayoutMove,
        to target: PayoutStatus,
        _ command: Command
    ) throws(PayoutRejection) -> Bool {
        if status == target, Self.lifecycle.roles(of: move).contains(command.actor.role) { return false }
        try check(move, command)
        return true
    }

    private func check(_ move: PayoutMove, _ command: Command) throws(PayoutRejection) {
        do throws(TransitionRefusal<PayoutStatus, PayoutMove, ActorRole>) {
            _ = try Self.lifecycle.move(move, from: status, by: command.actor.role)
        } catch {
            throw .move(error)
        }
    }
}
