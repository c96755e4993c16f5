public import MarketplaceCore
import MarketplaceCoupons
public import MarketplaceDomain
public import MarketplaceInventory
import MarketplaceStorage

/// Takes goods back, and gives back money for them, or other goods.
///
/// ```swift
/// let returns = Returns(in: environment, payments: payments, inventory: inventory)
/// try await returns.request(id, of: order, [item], by: .buyer(member), key: "request")
/// try await returns.approve(id, by: .seller(seller), key: "approve")
/// try await returns.receive(id, units, by: .seller(seller), key: "receive")  // and gives the money back
/// ```
///
/// A unit is in one return at a time, however many are asked for at once: units are claimed on a counter per line,
/// whose ceiling is what was delivered. What is given back for a unit is what was paid for it, frozen with the order,
/// unless a ``ReturnRefundRule`` says otherwise: whatever is returned in whichever order, all returns together give what
/// was paid. Where the buyer was given something before that was not for units, as goodwill, the last returns give what is
/// left: all together never give more than was taken. It is fixed once, in one commit
/// with the order's ledger of refunds; what follows from it, money, stock, the order, a replacement, coupons, is done by
/// steps that can be repeated, right after the goods were taken in and again by ``sweep(limit:)``, until all of it has
/// happened (``ReturnSettled``).
///
/// An **exchange** is a refund beside a purchase: the buyer buys what they want instead, at its price of today, by a
/// checkout under the order id that they name when they ask, and is given back what they paid for what they return.
/// The two come to the price difference exactly (``exchange(_:by:)``), and neither waits for the other. For a **claim
/// replacement** the same goods are ordered again without a price; when they are sold out, the money is given back.
public struct Returns: Sendable {
    /// The most returns of one page, and of one kind that one sweep looks at.
    public static let pageLimit = 200
    /// The most Unicode scalars of what a buyer writes: a page of text.
    public static let maximumNoteLength = 4_000

    let archive: ReturnArchive
    let payments: Payments
    let inventory: any InventoryStore
    let redemptions: CouponRedemptions
    let refunds: any ReturnRefundRule
    let policy: ReturnPolicy

    /// The returns of an environment.
    ///
    /// - Parameters:
    ///   - environment: Where they are kept, and the time.
    ///   - payments: Gives money back.
    ///   - inventory: Takes goods back.
    ///   - refunds: How much is given back for units.
    ///   - policy: Until when, and what comes back with the goods.
    public init(
        in environment: ServiceEnvironment,
        payments: Payments,
        inventory: any InventoryStore,
        refunds: any ReturnRefundRule = .frozen,
        policy: ReturnPolicy = ReturnPolicy()
    ) {
        archive = ReturnArchive(environment)
        self.payments = payments
        self.inventory = inventory
        self.refunds = refunds
        self.policy = policy
        redemptions = CouponRedemptions(store: environment.store, codec: environment.codec)
    }

    /// Asks for a return of units that were delivered.
    ///
    /// - Parameters:
    ///   - id: Names it, chosen by the caller.
    ///   - order: The order.
    ///   - items: Which units of which lines, and why.
    ///   - kind: What the buyer wants.
    ///   - replacement: The order that the buyer will place instead, for an exchange.
    ///   - note: What the buyer writes about it; kept in a document that can be erased.
    ///   - actor: The buyer, or an operator.
    ///   - key: Names the command.
    /// - Returns: The return.
    /// - Throws: ``ReturnsError/refused(_:)`` when units were not delivered, are in another return, or it is too late.
    @discardableResult
    public func request(
        _ id: ReturnID,
        of order: OrderID,
        _ items: [ReturnItem],
        for kind: ReturnKind = .refund,
        replacement: OrderID? = nil,
        note: String? = nil,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(ReturnsError) -> OrderReturn {
        let count = note?.unicodeScalars.count ?? 0
        guard count <= Self.maximumNoteLength else {
            throw .noteTooLong(count: count, maximum: Self.maximumNoteLength)
        }
        let placed = try await archive.order(order)
        let action = ReturnAction.request(
            id: id,
            order: try await returnable(placed, order),
            kind: kind,
            items: items,
            terms: policy.terms,
            replacement: replacement
        )
        do throws(ReturnsError) {
            return try await archive.handle(action, on: id, by: actor, key: key) {
                (outcome, transaction) throws(ReturnsError) in
                for item in items {
                    transaction.add(
                        Int64(item.quantity.value),
                        to: ReturnArchive.claims(order, item.lineIndex),
                        ceiling: Int64(placed.units[item.lineIndex].delivered)
                    )
                }
                if let note, let requested = outcome.root.requested {
                    transaction.write(try archive.note(note, of: requested))
                }
            }
        } catch {
            throw Self.claimed(error, items, in: order)
        }
    }

    /// Agrees to a return.
    @discardableResult
    public func approve(
        _ id: ReturnID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(ReturnsError) -> OrderReturn {
        try await archive.handle(.approve, on: id, by: actor, key: key)
    }

    /// Disagrees with a return: its units can be asked for again.
    @discardableResult
    public func reject(
        _ id: ReturnID,
        because reason: ReturnRejectionReason,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(ReturnsError) -> OrderReturn {
        try await end(id, .reject(reason), by: actor, key: key)
    }

    /// Changes the buyer's mind: the units can be asked for again.
    @discardableResult
    public func cancel(
        _ id: ReturnID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(ReturnsError) -> OrderReturn {
        try await end(id, .cancel, by: actor, key: key)
    }

    /// Takes note that the goods are on their way back.
    @discardableResult
    public func send(
        _ id: ReturnID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(ReturnsError) -> OrderReturn {
        try await archive.handle(.send, on: id, by: actor, key: key)
    }

    /// Takes the goods in, and settles the return.
    ///
    /// Units that were announced and did not come can be asked for again.
    ///
    /// - Parameters:
    ///   - id: The return.
    ///   - units: What of each line came back, and what is done with it; of a claim, what is settled.
    ///   - actor: The seller, an operator or the system.
    ///   - key: Names the command.
    /// - Returns: The return, settled.
    /// - Throws: ``ReturnsError/refused(_:)``. Another error comes after the goods were taken in: repeat the call, or let
    ///   ``sweep(limit:)`` do it.
    @discardableResult
    public func receive(
        _ id: ReturnID,
        _ units: [ReturnedUnits],
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(ReturnsError) -> OrderReturn {
        _ = try await archive.handle(.receive(units), on: id, by: actor, key: key) {
            (outcome, transaction) throws(ReturnsError) in
            guard let requested = outcome.root.requested else { return }
            for item in requested.items {
                let came = units.reduce(0) { $0 + ($1.lineIndex == item.lineIndex ? $1.units : 0) }
                let claim = ReturnArchive.claims(requested.orderID, item.lineIndex)
                if came < item.quantity.value { transaction.add(Int64(came - item.quantity.value), to: claim) }
            }
        }
        return try await settle(id)
    }

    func end(
        _ id: ReturnID,
        _ action: ReturnAction,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(ReturnsError) -> OrderReturn {
        try await archive.handle(action, on: id, by: actor, key: key) { (outcome, transaction) throws(ReturnsError) in
            guard let requested = outcome.root.requested else { return }
            for item in requested.items {
                let claim = ReturnArchive.claims(requested.orderID, item.lineIndex)
                transaction.add(-Int64(item.quantity.value), to: claim)
            }
        }
    }

    /// What a return has to know of an order.
    private func returnable(_ order: Order, _ id: OrderID) async throws(ReturnsError) -> ReturnableOrder {
        guard let placed = order.placed else { throw .order(.unknownOrder(id)) }
        let keys = order.units.indices.map { ReturnArchive.claims(id, $0) }
        let claimed = try await archive.reading { () async throws(StoreError) in
            try await archive.store.counters(keys)
        }
        let lines = zip(order.units, keys).map { units, key in
            ReturnableOrder.Line(
                returnableUnits: max(0, units.delivered - Int(clamping: claimed[key] ?? 0)),
                deliveredAt: units.deliveredAt
            )
        }
        return ReturnableOrder(id: id, buyer: placed.buyerID, seller: placed.sellerID, lines: lines)
    }

    /// Units that were claimed by another request meanwhile are not left.
    private static func claimed(_ error: ReturnsError, _ items: [ReturnItem], in order: OrderID) -> ReturnsError {
        guard case .failed(.conflict(.counterBound(let key, .ceiling(let ceiling), let value, _))) = error,
            let item = items.first(where: { ReturnArchive.claims(order, $0.lineIndex) == key })
        else { return error }
        let left = Int(clamping: max(0, ceiling - value))
        return .refused(.unitsLeft(lineIndex: item.lineIndex, wanted: item.quantity.value, left: left))
    }
}
