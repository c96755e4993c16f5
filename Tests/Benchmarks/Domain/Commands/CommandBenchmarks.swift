import MarketplaceCore
import MarketplaceDomain
import MarketplaceInMemory
import MarketplaceJSON
import MarketplaceStorage

/// Commands to aggregates: decided and applied, and recorded through a repository.
enum CommandBenchmarks {
    static let all =
        benchmarks(of: "order", RawOrder.self) { try .order($0) }
        + benchmarks(of: "payment", RawPayment.self) { .payment($0) }
        + benchmarks(of: "product", RawProduct.self) { .product($0) }
        + benchmarks(of: "settlement", RawSettlement.self) { try .settlement($0) }

    private static func benchmarks<Root: Aggregate, Raw: RawLife>(
        of name: String,
        _ raw: Raw.Type,
        _ life: @escaping @Sendable (Int) throws -> CommandLife<Root>
    ) -> [Benchmark] {
        [decided(name, raw, life), recorded(name, life)]
    }

    /// An operation is a command: the aggregate decides it and applies what it decided.
    private static func decided<Root: Aggregate, Raw: RawLife>(
        _ name: String,
        _ raw: Raw.Type,
        _ life: @escaping @Sendable (Int) throws -> CommandLife<Root>
    ) -> Benchmark {
        Benchmark(
            name: "domain/commands/\(name)",
            summary: "decide and apply the commands of typical lives, one after the other: \(name)",
            workload: Workload(operations: 60_000),
            subject: .library { workload in
                let commands = try life(1).commands
                return {
                    try await workload.spread { range in
                        var root = Root()
                        var witness: Int64 = 0
                        for index in range {
                            let place = index % commands.count
                            if place == 0 { root = Root() }
                            witness &+= Int64(try root.handle(commands[place]).count)
                        }
                        return witness
                    }
                }
            },
            baseline: .rawLimit { workload in
                let count = try life(1).commands.count
                return {
                    try await workload.spread { range in
                        var root = Raw()
                        var witness: Int64 = 0
                        for index in range {
                            let place = index % count
                            if place == 0 { root = Raw() }
                            witness &+= root.perform(place)
                        }
                        return witness
                    }
                }
            },
            tellsSpeeds: true
        )
    }

    /// An operation is a command: the aggregate is loaded from its events, and what it decides is encoded and committed.
    private static func recorded<Root: Aggregate>(
        _ name: String,
        _ life: @escaping @Sendable (Int) throws -> CommandLife<Root>
    ) -> Benchmark {
        Benchmark(
            name: "domain/recorded/\(name)",
            summary: "load from the events, decide, encode as JSON and commit in memory: \(name)",
            workload: Workload(operations: 6_000),
            subject: .library { workload in
                let repository = Repository(
                    of: Root.self,
                    in: InMemoryStore(),
                    codec: .json,
                    identifiers: SeededIdentifiers(seed: 1)
                )
                let length = try life(1).commands.count
                let lives = try (0...workload.operations / length).map { try life($0 + 1) }
                let keys = try (0..<length).map { try IdempotencyKey("command \($0)") }
                let time = Timestamp(microsecondsSinceEpoch: 0)
                return {
                    try await workload.spread { range in
                        var witness: Int64 = 0
                        for index in range {
                            let (number, place) = index.quotientAndRemainder(dividingBy: length)
                            let outcome = try await repository.handle(
                                lives[number].commands[place],
                                on: lives[number].id,
                                key: keys[place],
                                at: time
                            )
                            witness &+= Int64(outcome.events.count)
                        }
                        return witness
                    }
                }
            },
            baseline: nil,
            tellsSpeeds: true
        )
    }
}
