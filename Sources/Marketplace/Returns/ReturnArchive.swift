import MarketplaceCore
import MarketplaceDomain
import MarketplaceStorage

/// Where returns are kept, with what goes with them.
struct ReturnArchive: StoreService {
    typealias Failure = ReturnsError

    static let summaries: DocumentCollection = "returns"
    static let ledgers: DocumentCollection = "return-ledgers"
    static let notes: DocumentCollection = "return-notes"
    static let attempts: DocumentCollection = "return-refund-attempts"
    static let memberIndex = "member"

    let environment: ServiceEnvironment
    let returns: Repository<OrderReturn>
    let orders: OrderArchive

    var store: any Store { environment.store }
    var codec: any PayloadCodec { environment.codec }
    /// As often as a repository decides again.
    var maximumAttempts: Int { 16 }

    init(_ environment: ServiceEnvironment) {
        self.environment = environment
        returns = environment.repository()
        orders = OrderArchive(environment)
    }

    /// The units of a line of an order that are in returns which were neither refused nor given up: a counter, so that
    /// requests that are made at once never claim one unit twice.
    static func claims(_ order: OrderID, _ line: Int) -> CounterKey {
        // An identifier and a number.
        CounterKey(unchecked: "returns/\(order)/\(line)")
    }

    /// A return that exists.
    func value(_ id: ReturnID) async throws(ReturnsError) -> OrderReturn {
        let value = try await load(id, of: returns, refusing: { .refused($0) }).root
        guard value.requested != nil else { throw .unknownReturn(id) }
        return value
    }

    func order(_ id: OrderID) async throws(ReturnsError) -> Order {
        do throws(OrdersError) {
            return try await orders.order(id)
        } catch {
            throw .order(error)
        }
    }

    /// Records a command together with the summary of what it leaves.
    func handle(
        _ action: ReturnAction,
        on id: ReturnID,
        by actor: CommandActor,
        key: IdempotencyKey,
        also: (CommandOutcome<OrderReturn>, inout Transaction) async throws(ReturnsError) -> Void = { _, _ in }
    ) async throws(ReturnsError) -> OrderReturn {
        let now = environment.now
        let outcome = try await record(
            ActorCommand(action, by: actor, at: now),
            on: id,
            of: returns,
            key: key,
            at: now,
            refusing: { $0 == .notRequested ? .unknownReturn(id) : .refused($0) }
        ) { (outcome, transaction) throws(ReturnsError) in
            try list(outcome.root, in: &transaction)
            try await also(outcome, &transaction)
        }
        return outcome.root
    }

    /// Lists a return as it is now.
    func list(_ value: OrderReturn, in transaction: inout Transaction) throws(ReturnsError) {
        guard let summary = ReturnSummary(value) else { return }
        transaction.write(
            DocumentWrite(
                DocumentKey(Self.summaries, summary.id),
                body: try encoded(summary),
                indexEntries: summary.indexEntries()
            )
        )
    }

    /// What of an order was given back so far, on the shares that its units have now.
    ///
    /// A change of the order takes units off the end of its lines or adds some there: what was given back for the first
    /// ones stays what it was.
    func ledger(
        of order: Order,
        _ id: OrderID
    ) async throws(ReturnsError) -> (value: RefundLedger, expected: ExpectedRevision) {
        let shares: FrozenShares
        do throws(OrderRejection) {
            shares = try order.amendment([]).shares
        } catch {
            throw .shares(error)
        }
        guard let stored = try await read(DocumentKey(Self.ledgers, id), as: RefundLedger.self) else {
            return (RefundLedger(shares), .absent)
        }
        let known = stored.value
        guard known.shares != shares else { return (known, .exactly(stored.revision)) }
        var renewed = RefundLedger(shares)
        var units: [BasketLineID: Int] = [:]
        for (line, count) in zip(known.shares.lines, known.returnedUnits) where count > 0 { units[line.id] = count }
        let charges = zip(known.shares.shipping, known.refundedCharges).filter(\.1).map(\.0.id)
        do throws(RefundRefusal) {
            _ = try renewed.record(
                try renewed.parts(of: units),
                goodsMinor: known.refundedGoodsMinor,
                taxMinor: known.refundedTaxMinor,
                shipping: Set(charges)
            )
        } catch {
            throw .refund(error)
        }
        return (renewed, .exactly(stored.revision))
    }

    func write(
        _ ledger: RefundLedger,
        of order: OrderID,
        expecting revision: ExpectedRevision
    ) throws(ReturnsError) -> DocumentWrite {
        DocumentWrite(DocumentKey(Self.ledgers, order), body: try encoded(ledger), expecting: revision)
    }
}
