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
/// A confirmed order is opened and what was paid for it captured; delivered units are earned, delivery charges when all
/// is there; what was called off and paid back, and what came back and was paid back (``ReturnSettled``), is refunded.
/// Every call is keyed by the event, so an event that is met twice is posted once, and any number of runners may follow.
/// An order of nothing but goods without a price, such as the replacement of a claim, moves no money and is left out.
///
/// What a settlement refuses is not lost and holds up nobody: it is listed by ``unposted(limit:)`` until
/// ``postAgain(limit:)`` succeeds. Units that a change added to an order after it was confirmed are such a case: their
/// settlement was frozen without them, and an operator posts them.
public struct SettlementFollower: Projection {
    /// The name under which it keeps how far it has come.
    public let name: ProjectionName = "settlement-follower"
    /// The events it follows.
    public let filter = EventFilter.categories(["order", "return"]).named([
        OrderStatusChanged.eventName, OrderParcelMoved.eventName, OrderRefundSettled.eventName,
        OrderChanged.eventName, ReturnSettled.eventName,
    ])
    /// Each event is a call with a commit of its own: a crash repeats no more than these.
    public let batchLimit = 16

    static let collection: DocumentCollection = "settlement-unposted"
    static let timeIndex = "time"

    let environment: ServiceEnvironment
    let settlement: Settlement
    let catalog: ProductCatalog?
    let terms: @Sendable (OrderCreated) -> SettlementTerms
    let carriers: @Sendable (OrderCreated) -> [BasketLineID: SellerID]
    let orders: Repository<Order>
    let returns: Repository<OrderReturn>
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
        returns = environment.repository()
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
        let order = try orderID(of: event)
        let unposted = UnpostedEvent(event, of: order, because: reason)
        return DocumentWrite(
            DocumentKey(Self.collection, event.id),
            body: try environment.codec.encode(unposted),
            indexEntries: [IndexEntry(Self.timeIndex, .time(event.time))]
        )
    }
}

extension SettlementFollower {
    /// The most events of one list: what an operator looks through at once.
    public static let listLimit = 200

    /// What was not posted, the oldest first.
    ///
    /// - Parameter limit: The most events, 1 to ``listLimit``; other numbers become the nearest of these.
    /// - Returns: The events.
    /// - Throws: ``SettlementError`` when the list cannot be read.
    public func unposted(limit: Int = SettlementFollower.listLimit) async throws(SettlementError) -> [UnpostedEvent] {
        let query = DocumentQuery.indexed(
            Self.collection,
            by: Self.timeIndex,
            limit: min(max(limit, 1), Self.listLimit)
        )
        return try await settlement.book.page(UnpostedEvent.self, query).values.map(\.value)
    }

    /// Posts again what was not posted, the oldest first; what is refused again stays on the list.
    ///
    /// - Parameter limit: The most events, 1 to ``listLimit``.
    /// - Returns: How many were posted.
    /// - Throws: What a reader of the store or of events throws; what was posted by then stays posted.
    @discardableResult
    public func postAgain(limit: Int = SettlementFollower.listLimit) async throws -> Int {
        var count = 0
        for unposted in try await unposted(limit: limit) {
            let stream = StreamID(unposted.stream.category, unposted.stream.key)
            let found = try await environment.store.events(in: stream, from: unposted.version, limit: 1)
            guard let event = found.first, event.id == unposted.id else { continue }
            do {
                try await post(event)
            } catch let error as SettlementError {
                if case .failed = error { throw error }
                continue
            }
            var transaction = Transaction(id: environment.identifiers.next(), time: environment.now)
            transaction.delete(DocumentKey(Self.collection, unposted.id))
            _ = try await environment.store.commitResolvingUnknown(transaction)
            count += 1
        }
        return count
    }
}
