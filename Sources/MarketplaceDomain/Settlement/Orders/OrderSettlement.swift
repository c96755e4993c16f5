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

    /// What it was begun with; nil before it is begun.
    public private(set) var opened: SettlementOpened?
    /// Its lines as they stand: as it was begun with them, less the units that were called off before a change added
    /// others, with those behind them.
    public private(set) var lines: [SettledLine] = []
    /// How far each line has come, in the order of the lines.
    public private(set) var progress: [LineProgress] = []
    /// What was taken of the buyer, in minor units; what paid for units and then for others in their place counts for
    /// both.
    public private(set) var capturedMinor: Int64 = 0
    /// What was given back for units, or is owed for them, or paid for others in their place, in minor units.
    public private(set) var refundedMinor: Int64 = 0
    /// What of that changes made the order owe to its buyer, and was not given yet, in minor units.
    public private(set) var owedMinor: Int64 = 0
    /// What of that paid for units that a change added, in minor units.
    public private(set) var exchangedMinor: Int64 = 0
    /// What the units were sold for that are no more in ``lines``, in minor units.
    public private(set) var droppedMinor: Int64 = 0
    /// Who has borne what was given beyond refunds, less what each got back, in minor units; nil is the marketplace.
    ///
    /// Below zero where somebody got back what a return gives that is not posted yet, and will bear it.
    public private(set) var goodwillBorne: [SellerID?: Int64] = [:]
    /// Who has kept back how much of refunds, in minor units; nil is the marketplace.
    public private(set) var retentions: [SellerID?: Int64] = [:]
    /// What of the goodwill is owed to the buyer, and was not given yet, in minor units.
    public private(set) var owedGoodwillMinor: Int64 = 0
    /// What each posted entry was for.
    public private(set) var causes: [LedgerEntryID: LedgerCause] = [:]
    /// The changes that were taken note of, by the entry that stands for each.
    public private(set) var amendments: [LedgerEntryID: SettlementAmended] = [:]
    /// When the earnings of each seller have all matured.
    public private(set) var maturity: [SellerID: Timestamp] = [:]

    /// The state before the first event.
    public init() {}

    /// What names it; nil before it is begun.
    public var id: OrderID? { opened?.orderID }

    /// What each has borne of what was given beyond refunds, less what each has kept back of them, in minor units; nil is
    /// the marketplace.
    public var compensations: [SellerID?: Int64] {
        goodwillBorne.merging(retentions.mapValues { 0 - $0 }, uniquingKeysWith: +).filter { $0.value != 0 }
    }

    /// What was given beyond refunds, less what was kept back of them, in minor units.
    public var compensatedMinor: Int64 { goodwillBorne.values.reduce(0, +) - retentions.values.reduce(0, +) }

    /// The units that are still to come to the buyer.
    public var undelivered: [LineUnits] {
        zip(lines, progress).compactMap { line, progress in
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
        if let tender = command.action.tender { try known.check(tender) }
        switch command.action {
        case .open: return []
        case .capture(let entry, let amount, let tender): return try known.capture(entry, amount, tender)
        case .deliver(let entry, let units): return try known.deliver(entry, units)
        case .amend(let entry, let canceled, let added, let paid, let owed, let bearer, let tender):
            return try known.amend(entry, canceled, added, paid, (owed, bearer), tender)
        case .settleChange(let entry, let amount, let tender): return try known.settleChange(entry, amount, tender)
        case .refund(let entry, let units, let stage, let given, let givenBefore, let bearer, let tender):
            let terms = RefundTerms(given: given, givenBefore: givenBefore, bearer: bearer)
            return try known.refund(entry, units, stage, terms, tender)
        case .compensate(let entry, let amount, let seller, let tender):
            return try known.compensate(entry, amount, seller, tender)
        case .oweGoodwill(let entry, let amount, let seller): return try known.oweGoodwill(entry, amount, seller)
        case .payGoodwill(let entry, let amount, let tender): return try known.payGoodwill(entry, amount, tender)
        case .retain(let entry, let amount, let seller, let tender):
            return try known.retain(entry, amount, seller, tender)
        }
    }

    /// Moves the state along a recorded event.
    public mutating func apply(_ event: LedgerEvent) {
        switch event {
        case .opened(let opened):
            self.opened = opened
            lines = opened.lines
            progress = opened.lines.map { _ in LineProgress() }
        case .amended(let amended): apply(amended)
        case .posted(let posted):
            let cause = posted.entry.cause
            causes[posted.entry.id] = cause
            let minorUnits = cause.amount?.minorUnits ?? 0
            switch cause.kind {
            case .capture: capturedMinor += minorUnits
            case .goodwill: applyGoodwill(cause, minorUnits)
            case .retention: retentions[cause.sellerID, default: 0] += minorUnits
            case .delivery, .cancellation, .refund: move(cause)
            default: break
            }
            let isOfChanges = cause.kind == .cancellation && cause.units.isEmpty
            if isOfChanges { owedMinor -= minorUnits }
            for part in cause.reversals ?? [] {
                bear(part.sellerID, 0 - part.amountMinor)
                if isOfChanges { owedMinor -= part.amountMinor }
            }
            let keptMinor = cause.keptMinor ?? 0
            if keptMinor > 0 { retentions[cause.sellerID, default: 0] += keptMinor }
            if keptMinor < 0 { bear(cause.sellerID, 0 - keptMinor) }
            for item in posted.opens {
                maturity[item.sellerID] = max(maturity[item.sellerID] ?? .distantPast, item.maturesAt)
            }
        }
    }

    private mutating func applyGoodwill(_ cause: LedgerCause, _ minorUnits: Int64) {
        switch cause.goodwillStage {
        case nil: bear(cause.sellerID, minorUnits)
        case .owed:
            bear(cause.sellerID, minorUnits)
            owedGoodwillMinor += minorUnits
        case .paid: owedGoodwillMinor -= minorUnits
        }
    }

    private mutating func move(_ cause: LedgerCause) {
        for part in cause.units {
            guard let index = index(of: part.lineID) else { continue }
            switch cause.kind {
            case .delivery: progress[index].delivered += part.units
            case .cancellation: callOff(part.units, at: index)
            default:
                refundedMinor += lines[index].paid.sum(from: progress[index].returned, units: part.units)
                progress[index].returned += part.units
            }
        }
    }

    private mutating func apply(_ amended: SettlementAmended) {
        amendments[amended.entryID] = amended
        let refunded = refundedMinor
        for part in amended.canceled {
            guard let index = index(of: part.lineID) else { continue }
            callOff(part.units, at: index)
        }
        var addedMinor: Int64 = 0
        for line in amended.added {
            addedMinor += line.paid.totalMinor
            guard let index = index(of: line.id) else { continue }
            let kept = lines[index].units - progress[index].canceled
            droppedMinor += lines[index].paid.sum(from: kept, units: progress[index].canceled)
            // What was decided can be computed again: the decision did.
            lines[index] = (try? lines[index].first(kept, then: line)) ?? lines[index]
            progress[index].canceled = 0
        }
        let canceledMinor = refundedMinor - refunded
        // What was paid is captured by the entry that goes with it.
        capturedMinor += addedMinor - (amended.paid?.minorUnits ?? 0)
        exchangedMinor += min(canceledMinor, addedMinor)
        owedMinor += max(0, canceledMinor - addedMinor)
    }

    private mutating func callOff(_ units: Int, at index: Int) {
        let first = progress[index].firstRefunded(.beforeDelivery, units, of: lines[index])
        refundedMinor += lines[index].paid.sum(from: first, units: units)
        progress[index].canceled += units
    }

    private mutating func bear(_ bearer: SellerID?, _ minorUnits: Int64) {
        let sum = goodwillBorne[bearer, default: 0] + minorUnits
        goodwillBorne[bearer] = sum == 0 ? nil : sum
    }

    /// Where a line stands in ``lines``.
    func index(of id: BasketLineID) -> Int? { lines.firstIndex { $0.id == id } }
}
