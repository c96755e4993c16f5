public import MarketplaceCore
public import MarketplaceDomain
public import MarketplacePorts
import MarketplaceStorage

/// Who gets what of the money of orders: commissions, the ledger, payouts to sellers.
///
/// ```swift
/// let settlement = Settlement(in: environment, payouts: bank)
/// try await settlement.open(placed, on: terms, by: .system, key: "open")
/// try await settlement.recordCapture(placed.total, of: placed.orderID, by: .system, key: "capture-1")
/// try await settlement.recordDelivery(of: placed.orderID, by: .system, key: "parcel-1")
/// try await settlement.settle(SettlementPeriod(endingAt: midnight), by: .system)
/// try await settlement.sendPayouts(by: .system)
/// ```
///
/// Every call can be repeated: facts of an order are recognised by their key for good, a run of a period by the period,
/// a payout by its id. Several processes may make the same calls at once.
public struct Settlement: Sendable {
    /// The most lines of one page of a statement, and of one look for payouts.
    public static let pageLimit = 1_000

    let environment: ServiceEnvironment
    let payoutTerms: PayoutTerms
    let provider: any PayoutProvider
    let book: SettlementBook
    let orders: Repository<OrderSettlement>
    let payouts: Repository<Payout>

    /// The settlement of a marketplace.
    ///
    /// - Parameters:
    ///   - environment: Where everything is kept, and where time comes from.
    ///   - payoutTerms: On which terms sellers are paid out.
    ///   - payouts: What sends money to sellers.
    public init(
        in environment: ServiceEnvironment,
        payoutTerms: PayoutTerms = PayoutTerms(),
        payouts: any PayoutProvider
    ) {
        self.environment = environment
        self.payoutTerms = payoutTerms
        provider = payouts
        book = SettlementBook(environment: environment)
        orders = environment.repository()
        self.payouts = environment.repository()
    }

    /// Freezes who gets what of an order.
    ///
    /// - Parameters:
    ///   - order: The order.
    ///   - lines: Its lines, as ``SettledLine/lines(of:on:categories:carriers:)`` makes them.
    ///   - currency: Their currency.
    ///   - terms: The terms they were made on.
    ///   - actor: Who asks.
    ///   - key: Names the call.
    /// - Throws: ``SettlementError/rejected(_:)`` when it was opened with other content or does not fit, and what the
    ///   store reports.
    public func open(
        _ order: OrderID,
        _ lines: [SettledLine],
        in currency: Currency,
        on terms: SettlementTerms,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(SettlementError) {
        let hold = terms.holdBackSeconds
        _ = try await post(order, by: actor, key: key) { _, _ in
            .open(order: order, currency: currency, lines: lines, holdBackSeconds: hold)
        }
    }

    /// Freezes who gets what of an order as it was placed.
    ///
    /// - Parameters:
    ///   - order: The order as it was placed.
    ///   - terms: The terms.
    ///   - categories: The categories of products, for commission rules that look at them.
    ///   - carriers: Who gets which delivery charge; those not listed are the marketplace's own.
    ///   - actor: Who asks.
    ///   - key: Names the call.
    /// - Throws: ``SettlementError/rejected(_:)`` when it was opened with other content or does not fit, and what the
    ///   store reports.
    public func open(
        _ order: OrderCreated,
        on terms: SettlementTerms,
        categories: [ProductID: Set<CategoryID>] = [:],
        carriers: [BasketLineID: SellerID] = [:],
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(SettlementError) {
        let lines: [SettledLine]
        do throws(SettledLineError) {
            lines = try SettledLine.lines(of: order, on: terms, categories: categories, carriers: carriers)
        } catch {
            throw .lines(error)
        }
        try await open(order.orderID, lines, in: order.total.currency, on: terms, by: actor, key: key)
    }

    /// Posts that money of the buyer was taken.
    ///
    /// - Returns: The entry.
    @discardableResult
    public func recordCapture(
        _ amount: Money,
        of order: OrderID,
        tender: SettlementTender = .gateway,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(SettlementError) -> LedgerEntry? {
        try await post(order, by: actor, key: key) { entry, _ in .capture(entry: entry, amount: amount, tender: tender)
        }
    }

    /// Posts that units came to the buyer, so that their sellers have earned them; all that are still to come when none
    /// are named.
    ///
    /// - Returns: The entry; nil when nothing was left to deliver.
    @discardableResult
    public func recordDelivery(
        of order: OrderID,
        _ units: [LineUnits]? = nil,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(SettlementError) -> LedgerEntry? {
        try await post(order, by: actor, key: key) { entry, root in
            .deliver(entry: entry, units: units ?? root.causes[entry]?.units ?? root.undelivered)
        }
    }

    /// Posts that units were refunded, commissions on them reversed where they were earned.
    ///
    /// Where it is said what was `given`, all of it is posted as it is said, in one entry: what the buyer had been given
    /// before as goodwill goes back to whoever bore it, and what is more or less than what was paid for the units is borne
    /// or kept by `bearer`. Where it is not said, what was given is what was paid for them, less what the buyer had been
    /// given before: `givenBefore`, where that is known, and all that is not left of what was taken.
    ///
    /// - Parameters:
    ///   - order: The order.
    ///   - units: The units.
    ///   - stage: Whether they had come to the buyer.
    ///   - given: What the buyer is given now, from zero up to what is left of what was taken; nil where it is not known.
    ///   - givenBefore: What the buyer is not given because they had been given it before; nil for nothing, or for not
    ///     known where it is not said what was given.
    ///   - bearer: The seller who keeps or bears the difference to what was paid; nil for the marketplace.
    ///   - tender: With what it is given.
    ///   - actor: Who asks.
    ///   - key: Names the call.
    /// - Returns: The entry.
    /// - Throws: ``SettlementError/rejected(_:)`` when there are not so many units or not so much is left, and what the
    ///   store reports.
    @discardableResult
    public func recordRefund(
        of order: OrderID,
        _ units: [LineUnits],
        _ stage: RefundStage,
        given: Money? = nil,
        givenBefore: Money? = nil,
        bearer: SellerID? = nil,
        tender: SettlementTender = .gateway,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(SettlementError) -> LedgerEntry? {
        try await post(order, by: actor, key: key) { entry, _ in
            .refund(
                entry: entry,
                units: units,
                stage: stage,
                given: given,
                givenBefore: givenBefore,
                bearer: bearer,
                tender: tender
            )
        }
    }

    /// Posts that the buyer was given something beyond what was returned, at the cost of a seller or, without one, of
    /// the marketplace.
    ///
    /// What is given by ``Orders/giveGoodwill(_:on:atCostOf:because:by:key:)`` is posted by a ``SettlementFollower``.
    ///
    /// - Returns: The entry.
    @discardableResult
    public func recordGoodwill(
        _ amount: Money,
        of order: OrderID,
        atCostOf seller: SellerID? = nil,
        tender: SettlementTender = .gateway,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(SettlementError) -> LedgerEntry? {
        try await post(order, by: actor, key: key) { entry, _ in
            .compensate(entry: entry, amount: amount, seller: seller, tender: tender)
        }
    }

    /// Posts that the buyer is to be given something beyond what was returned, at the cost of a seller or, without one, of
    /// the marketplace.
    ///
    /// Who bears it has borne it, and the buyer is owed it until it is given
    /// (``recordGoodwillPayment(_:of:tender:by:key:)``). What is called off or returned from now on gives that much less.
    ///
    /// - Returns: The entry.
    @discardableResult
    public func recordOwedGoodwill(
        _ amount: Money,
        of order: OrderID,
        atCostOf seller: SellerID? = nil,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(SettlementError) -> LedgerEntry? {
        try await post(order, by: actor, key: key) { entry, _ in
            .oweGoodwill(entry: entry, amount: amount, seller: seller)
        }
    }

    /// Posts that the buyer was given what was owed to them beyond what was returned, or a part of it.
    ///
    /// - Returns: The entry.
    /// - Throws: ``SettlementError/rejected(_:)`` when more is given than is owed, and what the store reports.
    @discardableResult
    public func recordGoodwillPayment(
        _ amount: Money,
        of order: OrderID,
        tender: SettlementTender = .gateway,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(SettlementError) -> LedgerEntry? {
        try await post(order, by: actor, key: key) { entry, _ in
            .payGoodwill(entry: entry, amount: amount, tender: tender)
        }
    }

    /// Posts that the buyer was given less than was paid for what was returned, which a seller or, without one, the
    /// marketplace keeps.
    ///
    /// - Returns: The entry.
    @discardableResult
    public func recordRetention(
        _ amount: Money,
        of order: OrderID,
        for seller: SellerID? = nil,
        tender: SettlementTender = .gateway,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(SettlementError) -> LedgerEntry? {
        try await post(order, by: actor, key: key) { entry, _ in
            .retain(entry: entry, amount: amount, seller: seller, tender: tender)
        }
    }

    /// The settlement of an order as it is now, for a seller of all of it, operators and the system.
    ///
    /// - Throws: ``SettlementError/forbidden(_:)`` for everybody else: who sells only a part of an order would see what
    ///   others earn with it, and reads the own statement.
    public func state(
        of order: OrderID,
        by actor: CommandActor
    ) async throws(SettlementError) -> OrderSettlement {
        let state = try await state(of: order)
        let sellers = Set(state.lines.compactMap(\.sellerID))
        try checkReader(actor, of: sellers.count == 1 ? sellers.first : nil)
        return state
    }

    /// The settlement of an order, whoever asks.
    func state(of order: OrderID) async throws(SettlementError) -> OrderSettlement {
        do throws(RepositoryError<OrderSettlementRejection>) {
            return try await orders.load(order).root
        } catch {
            throw SettlementError(error, SettlementError.rejected)
        }
    }
}

extension Settlement {
    func post(
        _ order: OrderID,
        by actor: CommandActor,
        key: IdempotencyKey,
        _ action: (LedgerEntryID, OrderSettlement) throws(SettlementError) -> OrderSettlementAction
    ) async throws(SettlementError) -> LedgerEntry? {
        let time = environment.now
        let entryID = LedgerEntryID(derivedFrom: order.description, key.text)
        return try await book.attempting { () async throws(SettlementError) -> LedgerEntry?? in
            var transaction = Transaction(id: environment.identifiers.next(), time: time)
            let outcome: CommandOutcome<OrderSettlement>
            var problem: SettlementError?
            do throws(RepositoryError<OrderSettlementRejection>) {
                outcome = try await orders.add(to: &transaction, on: order, key: key) { root in
                    do throws(SettlementError) {
                        return [ActorCommand(try action(entryID, root), by: actor, at: time)]
                    } catch {
                        problem = error
                        return []
                    }
                }
            } catch {
                throw SettlementError(error, SettlementError.rejected)
            }
            if let problem { throw problem }
            if outcome.isRepetition {
                try checkRepetition(try action(entryID, outcome.root), outcome.root, entryID, actor)
            }
            var entry: LedgerEntry?
            for case .posted(let posted) in outcome.events {
                entry = posted.entry
                if !outcome.isRepetition { try book.record(posted, in: &transaction) }
            }
            if outcome.isRepetition || transaction.isEmpty { return .some(entry) }
            return try await book.commitOnce(transaction).map { _ in entry }
        }
    }

    /// Refuses a key that named another posting: what is asked for now would be lost without a word.
    private func checkRepetition(
        _ action: OrderSettlementAction,
        _ root: OrderSettlement,
        _ entry: LedgerEntryID,
        _ actor: CommandActor
    ) throws(SettlementError) {
        do throws(OrderSettlementRejection) {
            let events = try root.decide(ActorCommand(action, by: actor, at: environment.now))
            guard events.isEmpty else { throw .entryReused(entry) }
        } catch {
            throw .rejected(error)
        }
    }
}
