import Marketplace
import Testing

struct RepositoriesAndProjectionsGuide {
    @Test func aCommandIsDecidedAndRecordedAndAProjectionFollows() async throws {
        // guide: Repositories and projections
        let store = InMemoryStore()
        let clock = SystemWallClock()
        let identifiers = TimeOrderedIdentifiers(clock: clock)
        let orders = Repository(of: Order.self, in: store, codec: .json, identifiers: identifiers)

        let id: OrderID = identifiers.next()
        let buyer: MemberID = identifiers.next()
        let price = Money(minorUnits: 4_500, .krw)
        let line = OrderLine(sku: "espresso", quantity: .one, unitPrice: price)
        let create = OrderAction.create(id: id, buyer: buyer, lines: [line])
        let outcome = try await orders.handle(
            ActorCommand(create, by: .buyer(buyer), at: clock.now),
            on: id,
            key: "request-17",
            at: clock.now
        )
        let order = try await orders.load(id).root
        // end of guide
        #expect(outcome.events.count == 1 && !outcome.isRepetition)
        #expect(order.status == .pending)

        // guide: A command takes effect once
        let repeated = try await orders.handle(
            ActorCommand(create, by: .buyer(buyer), at: clock.now),
            on: id,
            key: "request-17",
            at: clock.now
        )
        print(repeated.isRepetition)  // true: the first result, and nothing was changed
        // end of guide
        #expect(repeated.isRepetition)
        #expect(repeated.version == outcome.version)

        // guide: What changes together
        try await orders.handle(
            ActorCommand(.confirm, by: .system, at: clock.now),
            on: id,
            key: "confirmation-17",
            at: clock.now,
            also: { transaction in transaction.add(1, to: "confirmed-orders") }
        )
        // end of guide
        #expect(try await store.counter("confirmed-orders") == 1)

        // guide: A read model
        /// How many units of each SKU were ordered.
        struct OrderedUnits: Projection {
            let name: ProjectionName = "ordered-units"
            let filter = EventFilter.categories(["order"]).named(["OrderCreated"])
            let reader = EventReader(OrderEvent.self, codec: .json)

            func apply(
                _ events: [RecordedEvent],
                to transaction: inout Transaction,
                reading source: ProjectionSource
            ) async throws {
                for event in events {
                    guard case .created(let order) = try reader.read(event) else { continue }
                    for line in order.lines {
                        transaction.add(
                            Int64(line.quantity.value),
                            to: try CounterKey("ordered/\(source.generation)/\(line.sku)")
                        )
                    }
                }
            }
        }
        // end of guide

        // guide: A read model
        let runner = ProjectionRunner(
            OrderedUnits(),
            store: store,
            signal: store,
            identifiers: identifiers,
            wallClock: clock
        )
        try await runner.catchUp()
        let ordered = try await store.counter("ordered/0/espresso")  // 1
        let lag = try await runner.lag()
        // end of guide
        #expect(ordered == 1)
        #expect(lag.isCaughtUp)

        // guide: Beginning again
        let generation = try await runner.rebuild()
        try await runner.catchUp()
        let rebuilt = try await store.counter(CounterKey("ordered/\(generation)/espresso"))  // 1 again
        // end of guide
        #expect(rebuilt == 1)
        #expect(generation == 1)
    }
}
