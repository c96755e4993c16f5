import MarketplaceCore
import MarketplaceDomain
import MarketplaceStorage

/// The repositories and documents that the services of orders share.
struct OrderArchive: StoreService {
    package typealias Failure = OrdersError

    package let store: any Store
    package let codec: any PayloadCodec
    package var maximumAttempts: Int { JointCommit.attempts }

    let orders: Repository<Order>
    let groups: Repository<OrderGroup>
    let shipments: Repository<Shipment>
    let payments: Repository<Payment>
    let joint: JointCommit
    private let identifiers: any IdentifierSource

    /// A key for what the system does of its own accord and whose repetition the order itself knows: under one that can
    /// be foretold, a buyer could have recorded another command, and be answered with that.
    var freshKey: IdempotencyKey { IdempotencyKey(identifiers.next() as TransactionID) }

    /// A transaction that nobody has committed yet.
    func transaction(at time: Timestamp) -> Transaction { Transaction(id: identifiers.next(), time: time) }

    init(store: any Store, codec: any PayloadCodec, identifiers: any IdentifierSource) {
        self.store = store
        self.codec = codec
        self.identifiers = identifiers
        orders = Repository(in: store, codec: codec, identifiers: identifiers)
        groups = Repository(in: store, codec: codec, identifiers: identifiers)
        shipments = Repository(in: store, codec: codec, identifiers: identifiers)
        payments = Repository(in: store, codec: codec, identifiers: identifiers)
        joint = JointCommit(store: store, identifiers: identifiers)
    }

    init(_ environment: ServiceEnvironment) {
        self.init(store: environment.store, codec: environment.codec, identifiers: environment.identifiers)
    }

    /// An order that exists.
    func order(_ id: OrderID) async throws(OrdersError) -> Order {
        do throws(RepositoryError<OrderRejection>) {
            let order = try await orders.load(id).root
            guard order.placed != nil else { throw .rejected(.notCreated) }
            return order
        } catch {
            if case .rejected(.notCreated) = error { throw .unknownOrder(id) }
            throw OrdersError(error)
        }
    }

    /// The group of that id; nil when there is none.
    func group(_ id: OrderGroupID) async throws(OrdersError) -> OrderGroupCreated? {
        do throws(RepositoryError<OrderGroupRejection>) {
            return try await groups.load(id).root.placed
        } catch {
            throw OrdersError(error)
        }
    }

    /// The order, or all orders of the group it belongs to.
    func purchase(of order: Order) async throws(OrdersError) -> [Order] {
        guard let group = order.groupID, let placed = try await self.group(group) else { return [order] }
        var orders: [Order] = []
        for grouped in placed.orders { orders.append(try await self.order(grouped.orderID)) }
        return orders
    }

    /// The other orders of the group that an order belongs to, with what requires that they still stand so.
    func others(of order: Order) async throws(OrdersError) -> [(order: Order, requirement: TransactionGuard)] {
        guard let group = order.groupID, let placed = try await self.group(group) else { return [] }
        var others: [(order: Order, requirement: TransactionGuard)] = []
        for grouped in placed.orders where grouped.orderID != order.id {
            do throws(RepositoryError<OrderRejection>) {
                let loaded = try await orders.load(grouped.orderID)
                let stream: StreamID
                do throws(TextKeyError) {
                    stream = try orders.stream(of: grouped.orderID)
                } catch {
                    throw .badID(error)
                }
                others.append((loaded.root, .stream(stream, at: loaded.version)))
            } catch {
                throw OrdersError(error)
            }
        }
        return others
    }

    /// Gives an order a command.
    @discardableResult
    func handle(
        _ action: OrderAction,
        on id: OrderID,
        by actor: CommandActor,
        key: IdempotencyKey,
        at time: Timestamp,
        also: (inout Transaction) -> Void = { _ in }
    ) async throws(OrdersError) -> Order {
        do throws(RepositoryError<OrderRejection>) {
            let command = ActorCommand(action, by: actor, at: time)
            let outcome = try await orders.handle(command, on: id, key: key, at: time, also: also)
            try Self.checkRepetition(outcome, action, by: actor)
            return outcome.root
        } catch {
            if case .rejected(.notCreated) = error { throw .unknownOrder(id) }
            throw OrdersError(error)
        }
    }

    /// Adds commands to an order to a transaction.
    ///
    /// - Returns: The outcome; of a repetition nothing is added.
    @discardableResult
    func add(
        _ actions: [OrderAction],
        on id: OrderID,
        by actor: CommandActor,
        key: IdempotencyKey,
        to transaction: inout Transaction
    ) async throws(OrdersError) -> CommandOutcome<Order> {
        let time = transaction.time
        do throws(RepositoryError<OrderRejection>) {
            let outcome = try await orders.add(to: &transaction, on: id, key: key) { _ in
                actions.map { ActorCommand($0, by: actor, at: time) }
            }
            for action in actions { try Self.checkRepetition(outcome, action, by: actor) }
            return outcome
        } catch {
            if case .rejected(.notCreated) = error { throw .unknownOrder(id) }
            throw OrdersError(error)
        }
    }

    /// Adds a command to an order to a transaction if the order stands as it must; false, and nothing is added, if not.
    func add(
        _ action: OrderAction,
        on id: OrderID,
        by actor: CommandActor,
        to transaction: inout Transaction,
        if condition: (Order) -> Bool
    ) async throws(OrdersError) -> Bool {
        let time = transaction.time
        var isMet = true
        do throws(RepositoryError<OrderRejection>) {
            try await orders.add(to: &transaction, on: id, key: freshKey) { order in
                isMet = condition(order)
                return isMet ? [ActorCommand(action, by: actor, at: time)] : []
            }
            return isMet
        } catch {
            if case .rejected(.notCreated) = error { throw .unknownOrder(id) }
            throw OrdersError(error)
        }
    }

    /// Refuses whoever may not give the command: a repetition is answered without a decision, which would refuse it.
    private static func checkRepetition(
        _ outcome: CommandOutcome<Order>,
        _ action: OrderAction,
        by actor: CommandActor
    ) throws(RepositoryError<OrderRejection>) {
        guard outcome.isRepetition else { return }
        do throws(CommandForbidden) {
            try action.rule.check(actor, owner: outcome.root.placed?.buyerID, seller: outcome.root.sellerID)
        } catch {
            throw .rejected(.forbidden(error))
        }
    }
}
