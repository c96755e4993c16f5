import ExampleSupport
import MarketplaceCore
import MarketplaceStorage

/// Ten thousand buyers of one SKU, who come at the same moment or within a second.
enum DurableBuyers {
    private static let buyers = 10_000
    /// How far apart those come who come within a second.
    private static let distance = Duration.microseconds(100)
    /// What nearly nobody waits longer for, when not all come at the same moment.
    private static let longestWait = Duration.milliseconds(100)

    static func all(_ backend: any DurableBackend) -> [Benchmark] {
        [atOnce(backend), arriving(backend)]
    }

    private static func atOnce(_ backend: any DurableBackend) -> Benchmark {
        Benchmark(
            name: "\(DurableBenchmarks.group)/\(backend.name)/reserve/10000-buyers",
            summary: "reserve a unit of one SKU; buyers at once: 10,000",
            workload: Workload(operations: buyers, tasks: buyers),
            subject: waiting(backend) { workload, line, unit in
                try await workload.spread { range in
                    var done: Int64 = 0
                    for number in range {
                        done += try await line.measure(number) { try await unit(number) }
                    }
                    return done
                }
            },
            baseline: DurableBenchmarks.raw(.reservation, batch: 100, backend),
            baselineWorkload: Workload(operations: buyers),
            bar: Bar(marks: backend.marks.buyers, reason: "what everybody wants at the same moment is sold at once"),
            tellsSpeeds: true
        )
    }

    /// Whoever comes waits from the moment at which they should have come: what is late makes those behind it wait.
    private static func arriving(_ backend: any DurableBackend) -> Benchmark {
        Benchmark(
            name: "\(DurableBenchmarks.group)/\(backend.name)/reserve/10000-arriving",
            summary: "reserve a unit of one SKU; 10,000 buyers come within a second, one every 100 µs",
            workload: Workload(operations: buyers),
            subject: waiting(backend) { workload, line, unit in
                let start = ContinuousClock.now
                var running: [Task<Int64, any Error>] = []
                for number in 0..<workload.operations {
                    let due = start.advanced(by: distance * number)
                    if due > .now { try await Task.sleep(until: due, tolerance: .zero, clock: .continuous) }
                    running.append(
                        Task { try await line.measure(number, since: due) { try await unit(number) } }
                    )
                }
                var done: Int64 = 0
                for buyer in running { done += try await buyer.value }
                return done
            },
            baseline: nil,
            bar: Bar(
                marks: [.wait(.percent(99), atMost: longestWait)],
                reason: "a rush that the database keeps up with makes nobody wait"
            )
        )
    }

    private static func waiting(
        _ backend: any DurableBackend,
        _ buy: @escaping @Sendable (Workload, WaitRecord, @escaping DurableWork.Unit) async throws -> Int64
    ) -> Program {
        .library(waiting: { workload in
            let database = try await backend.open()
            let unit = try await DurableWork.reservation.prepare(0..<workload.operations, on: database.store)
            let line = WaitRecord(workload.operations)
            return {
                defer { withExtendedLifetime(database) {} }
                let done = try await buy(workload, line, unit)
                return RoundAnswer(witness: done, waitNanoseconds: line.nanoseconds)
            }
        })
    }
}
