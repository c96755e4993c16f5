public import MarketplaceCore
public import MarketplaceDomain
public import MarketplaceStorage

/// Who bought what, kept up to date from the events of orders.
///
/// ```swift
/// let index = PurchaseIndex(in: environment)
/// let runner = ProjectionRunner(index, store: store, signal: store, identifiers: identifiers)
/// let reviews = Reviews(in: environment, purchases: index)
/// ```
///
/// It is as late as its runner: a purchase counts once its order has come to one of the statuses that prove it, and no
/// longer when the order is called off. A purchase is one document, so a rebuild writes what is there already.
public struct PurchaseIndex: Projection, PurchaseProof {
    /// The name under which it keeps how far it has come.
    public let name: ProjectionName = "review-purchases"
    /// The events of orders.
    public let filter = EventFilter.categories(["order"])
    /// An order has up to 200 lines, and a transaction 10,000 parts.
    public let batchLimit = 40

    private static let index = "purchase"

    private let environment: ServiceEnvironment
    private let orders: Repository<Order>
    private let reader: EventReader<OrderEvent>
    private let provingStatuses: Set<OrderStatus>

    /// The index in the environment's store.
    ///
    /// - Parameters:
    ///   - environment: Where orders and the index are kept.
    ///   - provingStatuses: In which statuses of its order a product counts as bought.
    public init(
        in environment: ServiceEnvironment,
        provenBy provingStatuses: Set<OrderStatus> = [.delivered, .completed]
    ) {
        self.environment = environment
        self.provingStatuses = provingStatuses
        orders = environment.repository()
        reader = EventReader(codec: environment.codec)
    }

    /// Writes the purchases of orders that came to a proving status, and deletes those of orders that were called off.
    public func apply(
        _ events: [RecordedEvent],
        to transaction: inout Transaction,
        reading source: ProjectionSource
    ) async throws {
        var proven: [OrderID: Bool] = [:]
        for event in events {
            switch try reader.read(event) {
            case .statusChanged(let change) where provingStatuses.contains(change.to): proven[change.orderID] = true
            case .canceled(let canceled): proven[canceled.orderID] = false
            default: break
            }
        }
        for (id, isProven) in proven {
            guard let placed = try await orders.loadForProjection(id).root.placed else { continue }
            for product in Set(placed.lines.compactMap(\.productID)) {
                let key = ReviewKeySpace.purchase(id, of: product)
                guard isProven else {
                    transaction.delete(key)
                    continue
                }
                let entry = IndexEntry(Self.index, .id(placed.buyerID), .id(product))
                transaction.write(DocumentWrite(key, body: try environment.codec.encode(id), indexEntries: [entry]))
            }
        }
    }

    /// An order in which the member bought the product; nil when there is none.
    public func purchase(of product: ProductID, by member: MemberID) async throws(StoreError) -> OrderID? {
        let query = DocumentQuery.indexed(
            ReviewKeySpace.purchases,
            by: Self.index,
            prefix: [.id(member), .id(product)],
            limit: 1
        )
        guard let document = try await environment.store.documents(matching: query).documents.first else { return nil }
        do throws(PayloadCodecError) {
            return try environment.codec.decode(OrderID.self, from: document.body)
        } catch {
            throw .notApplied(StoreFailure(.unreadable, "document \(document.key): \(error)"))
        }
    }
}
