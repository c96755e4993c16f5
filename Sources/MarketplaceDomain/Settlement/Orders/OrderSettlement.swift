public import MarketplaceCore

/// What of an order's money belongs to whom, from its capture to the last return.
///
/// Every fact about the order's money is posted to the double-entry ledger by one entry, and every entry once: a
/// repeated entry id with the same content changes nothing. At any time refunded ≤ captured ≤ what the lines come to,
/// and what is earned is captured.
///
/// Its stream is the ledger's of this order: one command loads and appends there alone, so that postings of different
/// orders never wait for one another.
public struct OrderSettlement: Aggregate, Hashable {
    /// What can be asked of it.
    public typealias Command = ActorCommand<OrderSettlementAction>
    /// What can happen to it.
    public typealias Event = LedgerEvent
    /// Why a command can be refused.
    public typealias Rejection = OrderSettlementRejection
    /// What names one.
    public typealias ID = OrderID

    /// The category of its event streams.
    public static var category: String { "ledger" }

    /// The most lines and delivery charges of one order: those of an order, and a delivery for each.
    public static let maximumLines = 2 * Order.maximumLines

    /// Its frozen lines; nil before it is begun.
    public private(set) var opened: SettlementOpened?
    /// How far each line has come, in the order of the lines.
    public private(set) var progress: [LineProgress] = []
    /// What was taken of the buyer, in minor units.
    public private(set) var capturedMinor: Int64 = 0
    /// What was given back for units, in minor units.
    public private(set) var refundedMinor: Int64 = 0
    /// What was given beyond that, less what was kept back of it, in minor units.
    public private(set) var compensatedMinor: Int64 = 0
    /// What each posted entry was for.
    public private(set) var causes: [LedgerEntryID: LedgerCause] = [:]
    /// When the earnings of each seller have all matured.
    public private(set) var maturity: [SellerID: Timestamp] = [:]

    /// The state before the first event.
    public init() {}

    /// What names it; nil before it is begun.
    public var id: OrderID? { opened?.orderID }

    /// The units that are still to come to the buyer.
    public var undelivered: [LineUnits] {
        zip(opened?.lines ?? [], progress).compactMap { line, progress in
            let left = line.units - progress.delivered - progress.canceled
            return left > 0 ? LineUnits(line.id, left) : nil
        }
    }

    /// Answers `command` with the events to record; an empty list when nothing changes.
    public func decide(_ command: Command) throws(OrderSettlementRejection) -> [LedgerEvent] {
        do throws(CommandForbidden) {
            try command.authorize()
        } catch {
            throw .forbidden(error)
        }
        if case .open(let order, let currency, let lines, let hold) = command.action {
            return try open(order, currency, lines, hold, command)
        }
        guard let opened else { throw .notOpened }
        let known = Known(settlement: self, opened: opened, command: command)
        switch command.action {
        case .open: return []
        case .capture(let entry, let amount, let tender): return try known.capture(entry, amount, tender)
        case .deliver(let entry, let units): return try known.deliver(entry, units)
        case .refund(let entry, let units, let stage, let tender):
            return try known.refund(entry, units, stage, tender)
        case .compensate(let entry, let amount, let seller, let tender):
            return try known.compensate(entry, amount, seller, tender)
        case .retain(let entry, let amount, let seller, let tender):
            return try known.retain(entry, amount, seller, tender)
        }
    }

    /// Moves the state along a recorded event.
    public mutating func apply(_ event: LedgerEvent) {
        switch event {
        case .opened(let opened):
            self.opened = opened
            progress = opened.lines.map { _ in LineProgress() }
        case .posted(let posted):
            let cause = posted.entry.cause
            causes[posted.entry.id] = cause
            switch cause.kind {
            case .capture: capturedMinor += cause.amount?.minorUnits ?? 0
            case .goodwill: compensatedMinor += cause.amount?.minorUnits ?? 0
            case .retention: compensatedMinor -= cause.amount?.minorUnits ?? 0
            case .delivery, .cancellation, .refund: move(cause)
            default: break
            }
            for item in posted.opens {
                maturity[item.sellerID] = max(maturity[item.sellerID] ?? .distantPast, item.maturesAt)
            }
        }
    }

    private mutating func move(_ cause: LedgerCause) {
        guard let opened else { return }
        for part in cause.units {
            guard let index = opened.lines.firstIndex(where: { $0.id == part.lineID }) else { continue }
            let stage = cause.kind == .cancellation ? RefundStage.beforeDelivery : .afterDelivery
            let first = progress[index].firstRefunded(stage, part.units, of: opened.lines[index])
            switch cause.kind {
            case .delivery: progress[index].delivered += part.units
            case .cancellation: progress[index].canceled += part.units
            default: progress[index].returned += part.units
            }
            if cause.kind != .delivery {
                refundedMinor += opened.lines[index].paid.sum(from: first, units: part.units)
            }
        }
    }
}
