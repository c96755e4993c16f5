import Marketplace
import MarketplaceCore
import MarketplaceDomain
import MarketplaceInMemory
import MarketplaceJSON
import MarketplaceStorage

/// Building what was recorded again: aggregates from their events, a read model from the whole feed.
enum ProjectionBenchmarks {
    static let all = [replay, rebuild]

    /// An operation is an event of a life, which is applied to the state.
    private static let replay = Benchmark(
        name: "domain/replay/order",
        summary: "apply the decoded events of orders, each from its creation on",
        workload: Workload(operations: 90_000),
        subject: .library { workload in
            let events = try Self.events(of: .order(1))
            let lives = workload.operations / events.count
            return {
                try await workload.spread { _ in
                    var witness: Int64 = 0
                    for _ in 0..<lives {
                        let order = Order(replaying: events)
                        witness &+= order.units.reduce(0) { $0 + Int64($1.delivered) }
                    }
                    return witness
                }
            }
        },
        baseline: .rawLimit { workload in
            let events = try Self.events(of: .order(1))
            let lives = workload.operations / events.count
            return {
                try await workload.spread { _ in
                    var witness: Int64 = 0
                    for _ in 0..<lives { witness &+= Self.delivered(events) }
                    return witness
                }
            }
        },
        tellsSpeeds: true
    )

    /// An operation is an event that the read model of payments is built of.
    private static let rebuild = Benchmark(
        name: "domain/projection/payment-book",
        summary: "build the read model of payments from the whole feed in memory, JSON decoded and documents written",
        workload: Workload(operations: 9_000),
        subject: .library { workload in
            let store = InMemoryStore()
            let identifiers = SeededIdentifiers(seed: 1)
            try await Self.fill(store, identifiers, payments: workload.operations / Self.bookedEvents)
            let runner = ProjectionRunner(
                PaymentBook(codec: .json),
                store: store,
                signal: store,
                identifiers: identifiers
            )
            return { Int64(try await runner.catchUp()) }
        },
        baseline: .rawLimit { workload in
            let events = try Self.events(of: .payment(1))
            let payments = workload.operations / Self.bookedEvents
            return {
                try await workload.spread { _ in
                    var book: [Int: Int64] = [:]
                    var witness: Int64 = 0
                    for payment in 0..<payments {
                        for (place, event) in events.enumerated() {
                            guard let amount = Self.booked(event) else { continue }
                            book[payment * events.count + place] = amount
                            witness &+= 1
                        }
                    }
                    return book.count == payments * Self.bookedEvents ? witness : 0
                }
            }
        },
        tellsSpeeds: true
    )

    /// How many events of a payment's life stand in the book: the authorization, the capture, the refund.
    private static let bookedEvents = 3

    private static func events<Root: Aggregate>(of life: CommandLife<Root>) throws -> [Root.Event] {
        var root = Root()
        return try life.commands.flatMap { try root.handle($0) }
    }

    private static func fill(_ store: InMemoryStore, _ identifiers: SeededIdentifiers, payments: Int) async throws {
        let repository = Repository(of: Payment.self, in: store, codec: .json, identifiers: identifiers)
        for number in 1...payments {
            let commands = CommandLife.payment(number).commands
            let time = Timestamp(microsecondsSinceEpoch: 0)
            let key = IdempotencyKey(PaymentID(bits: UInt128(number)))
            try await repository.handle(on: PaymentID(bits: UInt128(number)), key: key, at: time) { _ in commands }
        }
    }

    /// What arrived, by the loop that tells it and nothing else.
    private static func delivered(_ events: [OrderEvent]) -> Int64 {
        var units: Int64 = 0
        for event in events {
            guard case .parcelMoved(let moved) = event, moved.stage == .delivered else { continue }
            for content in moved.units { units += Int64(content.units) }
        }
        return units
    }

    private static func booked(_ event: PaymentEvent) -> Int64? {
        switch event {
        case .authorized(let fact): fact.amount.minorUnits
        case .captured(let fact): fact.amount.minorUnits
        case .refundCompleted(let fact): fact.amount.minorUnits
        default: nil
        }
    }
}
