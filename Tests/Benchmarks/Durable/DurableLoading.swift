import MarketplaceCore
import MarketplaceJSON
import MarketplaceStorage

/// Loading an aggregate of 500 events, and appending one to it: no snapshots, one caller.
enum DurableLoading {
    private static let events = 500
    /// Takes turns over so many aggregates, so that a round makes none of them much longer.
    private static let aggregates = 20

    /// A number was counted, with what an event usually carries.
    struct Counted: EventPayload {
        static let eventName = "Counted"
        let number: Int
        let note: String
    }

    enum TallyEvent: EventUnion {
        case counted(Counted)

        static let cases = [EventCase(TallyEvent.counted)]

        var payload: any EventPayload {
            switch self {
            case .counted(let payload): payload
            }
        }
    }

    /// Adds up numbers.
    struct Tally: Aggregate {
        enum Command: RepeatableCommand {
            case count([Int])

            func identify(in digest: inout ContentDigest) {
                switch self {
                case .count(let numbers): digest.combine(all: "count", numbers)
                }
            }
        }

        /// It refuses nothing.
        enum Rejection: EffectStating {
            var effect: EffectOutcome {
                switch self {}
            }
        }

        typealias ID = String

        static let category = "tally"
        private static let note = String(repeating: "n", count: 80)
        var sum = 0
        var count: Int64 = 0

        func decide(_ command: Command) throws(Rejection) -> [TallyEvent] {
            switch command {
            case .count(let numbers): numbers.map { .counted(Counted(number: $0, note: Self.note)) }
            }
        }

        mutating func apply(_ event: TallyEvent) {
            switch event {
            case .counted(let payload):
                sum += payload.number
                count += 1
            }
        }
    }

    static func benchmark(_ backend: any DurableBackend) -> Benchmark {
        Benchmark(
            name: "\(DurableBenchmarks.group)/\(backend.name)/load-append/500-events",
            summary: "load an aggregate of 500 events and append one, without snapshots; callers: 1",
            workload: Workload(operations: 200),
            subject: .library { workload in
                let database = try await backend.open()
                let repository = try await filled(database.store)
                return {
                    defer { withExtendedLifetime(database) {} }
                    return try await workload.spread { range in
                        var done: Int64 = 0
                        for number in range {
                            let key = try IdempotencyKey("once-\(number)")
                            let id = id(number)
                            try await repository.handle(.count([1]), on: id, key: key, at: .epoch)
                            done += 1
                        }
                        return done
                    }
                }
            },
            baseline: .rawLimit(waiting: { workload in
                let database = try await backend.open()
                _ = try await filled(database.store)
                let raw = try await backend.raw(.append, beside: database)
                return {
                    try raw.timed { try raw.loadAndAppend(workload.operations, aggregates: aggregates, events: events) }
                }
            }),
            peer: .init(name: "\(backend.name)/eventsourcing/load-append", thousandths: 10_000),
            tellsSpeeds: true
        )
    }

    static let category = Tally.category

    /// The aggregate of an operation's number.
    static func id(_ number: Int) -> String { "tally-\(number % aggregates)" }

    private static func filled(_ store: any Store) async throws -> Repository<Tally> {
        let repository = Repository<Tally>(
            in: store,
            codec: .json,
            identifiers: TimeOrderedIdentifiers(clock: SystemWallClock())
        )
        for number in 0..<aggregates {
            let numbers = Array(1...events)
            try await repository.handle(.count(numbers), on: id(number), key: "filled", at: .epoch)
        }
        return repository
    }
}
