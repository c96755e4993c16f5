public import MarketplaceCore
public import MarketplaceDomain
import MarketplacePromotions
public import MarketplaceStorage

/// Tells the settlement what happens to orders, so that nobody has to: it follows the feed.
///
/// ```swift
/// let follower = SettlementFollower(in: environment, settlement: settlement, terms: terms)
/// let runner = ProjectionRunner(follower, store: store, signal: store, identifiers: identifiers)
/// try await runner.run()
/// ```
///
/// A confirmed order is opened and what was paid for it captured; units that a change calls off or adds are no more, or
/// from then on, a part of it, on the terms of that time; delivered units are earned, delivery charges when all is there;
/// what was called off and paid back, and what came back and was paid back (``ReturnSettled``), is refunded; goodwill is
/// owed at the cost of whoever bears it, and then given. Money and store credit are told apart, as the tenders of the
/// purchase and the parts of each refund were recorded.
/// Every call is keyed by the event, so an event that is met twice is posted once, and any number of runners may follow.
/// An order of nothing but goods without a price, such as the replacement of a claim, moves no money and is left out.
///
/// What a settlement refuses is not lost and holds up nobody: it is listed by ``unposted(by:limit:)`` until
/// ``postAgain(by:limit:)`` succeeds.
public struct SettlementFollower: Projection {
    /// The name under which it keeps how far it has come.
    public let name: ProjectionName = "settlement-follower"
    /// The events it follows.
    public let filter = EventFilter.categories(["order", "return"]).named([
        OrderStatusChanged.eventName, OrderParcelMoved.eventName, OrderRefundSettled.eventName,
        OrderChanged.eventName, OrderGoodwillGiven.eventName, ReturnSettled.eventName,
    ])
    /// Each event is a call with a commit of its own: a crash repeats no more than these.
    public let batchLimit = 16

    static let collection: DocumentCollection = "settlement-unposted"
    static let timeIndex = "time"
    static let turnIndex = "turn"

    let environment: ServiceEnvironment
    let settlement: Settlement
    let catalog: ProductCatalog?
    let terms: @Sendable (OrderCreated) -> SettlementTerms
    let carriers: @Sendable (OrderCreated) -> [BasketLineID: SellerID]
    let orders: Repository<Order>
    let groups: Repository<OrderGroup>
    let returns: Repository<OrderReturn>
    let purchases: PurchaseReader
    let reader: EventReader<OrderEvent>

    /// A follower of an environment's feed.
    ///
    /// - Parameters:
    ///   - environment: Where orders are kept.
    ///   - settlement: Where money is posted.
    ///   - catalog: Where the categories of products are looked up, for commission rules that ask for them.
    ///   - carriers: Who gets which delivery charge of an order, the rest being the marketplace's own; by default the
    ///     seller of an order, unless the charge is the whole group's.
    ///   - terms: On which terms an order is settled, by what it was placed with.
    public init(
        in environment: ServiceEnvironment,
        settlement: Settlement,
        catalog: ProductCatalog? = nil,
        carriers: @escaping @Sendable (OrderCreated) -> [BasketLineID: SellerID] = SettlementFollower.ownCharges,
        terms: @escaping @Sendable (OrderCreated) -> SettlementTerms
    ) {
        self.environment = environment
        self.settlement = settlement
        self.catalog = catalog
        self.carriers = carriers
        self.terms = terms
        orders = environment.repository()
        groups = environment.repository()
        returns = environment.repository()
        purchases = PurchaseReader(repository: environment.repository(), archive: PaymentArchive(environment))
        reader = EventReader(codec: environment.codec)
    }

    /// A follower that settles all orders on the same terms.
    public init(
        in environment: ServiceEnvironment,
        settlement: Settlement,
        catalog: ProductCatalog? = nil,
        terms: SettlementTerms
    ) {
        self.init(in: environment, settlement: settlement, catalog: catalog) { _ in terms }
    }

    /// The delivery charges that are the seller's own: all of an order but those of its group.
    public static func ownCharges(of order: OrderCreated) -> [BasketLineID: SellerID] {
        guard let seller = order.sellerID else { return [:] }
        let groups = Set(order.groupCharges ?? [])
        let own = (order.shares?.shipping ?? []).map(\.id).filter { !groups.contains($0) }
        return Dictionary(own.map { ($0, seller) }) { first, _ in first }
    }

    /// Posts what the events say; what is refused is listed in the transaction.
    public func apply(
        _ events: [RecordedEvent],
        to transaction: inout Transaction,
        reading source: ProjectionSource
    ) async throws {
        for event in events {
            do {
                try await post(event)
            } catch let error as SettlementError {
                // A runner waits out what the store says of itself.
                if case .failed(let failure) = error { throw failure }
                if case .contended = error {
                    throw StoreError.notApplied(StoreFailure(.overloaded, error.description))
                }
                transaction.write(try listed(event, because: error.description))
            }
        }
    }

    private func listed(_ event: RecordedEvent, because reason: String) throws -> DocumentWrite {
        try write(UnpostedEvent(event, of: try orderID(of: event), because: reason), triedAt: event.time)
    }

    private func write(
        _ unposted: UnpostedEvent,
        triedAt turn: Timestamp,
        expecting revision: ExpectedRevision = .any
    ) throws -> DocumentWrite {
        DocumentWrite(
            DocumentKey(Self.collection, unposted.id),
            body: try environment.codec.encode(unposted),
            expecting: revision,
            indexEntries: [
                IndexEntry(Self.timeIndex, .time(unposted.at)),
                IndexEntry(Self.turnIndex, .time(turn)),
            ]
        )
    }
}

extension SettlementFollower {
    /// The most events of one list: what an operator looks through at once.
    public static let listLimit = 200

    /// What was not posted, the oldest first.
    ///
    /// - Parameters:
    ///   - actor: Who asks: an operator or the system.
    ///   - limit: The most events, 1 to ``listLimit``; other numbers become the nearest of these.
    /// - Returns: The events.
    /// - Throws: ``SettlementError`` when the list cannot be read; ``SettlementError/forbidden(_:)`` for whoever may not.
    public func unposted(
        by actor: CommandActor,
        limit: Int = SettlementFollower.listLimit
    ) async throws(SettlementError) -> [UnpostedEvent] {
        try checkOperator(actor)
        let query = DocumentQuery.indexed(
            Self.collection,
            by: Self.timeIndex,
            limit: min(max(limit, 1), Self.listLimit)
        )
        return try await settlement.book.page(UnpostedEvent.self, query).values.map(\.value)
    }

    /// Posts again what was not posted; what is refused again stays on the list.
    ///
    /// What was not tried for longest comes first, so that however much is refused again and again, everything gets its
    /// turn.
    ///
    /// - Parameters:
    ///   - actor: Who asks: an operator or the system.
    ///   - limit: The most events, 1 to ``listLimit``.
    /// - Returns: How many were posted.
    /// - Throws: ``SettlementError/forbidden(_:)`` for whoever may not; what a reader of the store or of events throws:
    ///   what was posted by then stays posted.
    @discardableResult
    public func postAgain(by actor: CommandActor, limit: Int = SettlementFollower.listLimit) async throws -> Int {
        try checkOperator(actor)
        let query = DocumentQuery.indexed(
            Self.collection,
            by: Self.turnIndex,
            limit: min(max(limit, 1), Self.listLimit)
        )
        var count = 0
        for stored in try await settlement.book.page(UnpostedEvent.self, query).values {
            if try await postAgain(stored) { count += 1 }
        }
        return count
    }

    private func checkOperator(_ actor: CommandActor) throws(SettlementError) {
        do throws(CommandForbidden) {
            try CommandRule.postAgain.check(actor)
        } catch {
            throw .forbidden(error)
        }
    }

    private func postAgain(_ stored: StoredValue<UnpostedEvent>) async throws -> Bool {
        let unposted = stored.value
        let stream = StreamID(unposted.stream.category, unposted.stream.key)
        let found = try await environment.store.events(in: stream, from: unposted.version, limit: 1)
        guard let event = found.first, event.id == unposted.id else { return false }
        var transaction = Transaction(id: environment.identifiers.next(), time: environment.now)
        var isPosted = true
        do {
            try await post(event)
            transaction.delete(DocumentKey(Self.collection, unposted.id))
        } catch let error as SettlementError {
            if case .failed = error { throw error }
            let now = environment.now
            transaction.write(try write(unposted, triedAt: now, expecting: .exactly(stored.revision)))
            isPosted = false
        }
        do throws(StoreError) {
            _ = try await environment.store.commitResolvingUnknown(transaction)
        } catch {
            // Somebody else has posted it, or tried it, meanwhile.
            guard case .conflict = error, !isPosted else { throw error }
        }
        return isPosted
    }
}
