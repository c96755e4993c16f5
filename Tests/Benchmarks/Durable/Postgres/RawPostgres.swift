#if LibPQ
import Synchronization

/// A raw program: scripts of pgbench on a database of its own, whose tables the library has made.
final class RawPostgres: DurableRaw {
    /// Where numbers begin in a database that has rows of the library, far behind all of theirs.
    private static let behind: Int64 = 5_000_000_000

    private struct State {
        /// The number of the last unit that was written.
        var last: Int64
        var idleNanoseconds: Int64 = 0
    }

    private let work: DurableWork
    private let shape: RawPostgresShape
    private let scratch: PostgresScratch
    private let program: PgBench
    private let state: Mutex<State>

    init(_ work: DurableWork, _ shape: RawPostgresShape, _ scratch: PostgresScratch, isEmpty: Bool) throws {
        self.work = work
        self.shape = shape
        self.scratch = scratch
        program = try PgBench()
        state = Mutex(State(last: isEmpty ? 0 : Self.behind))
    }

    var idleNanoseconds: Int64 { state.withLock { $0.idleNanoseconds } }

    func write(_ units: Int, batch: Int) throws -> Int64 {
        try counting {
            var worked: Int64 = 0
            // The last ones may be fewer.
            for (times, size) in [(units / batch, batch), (1, units % batch)] where times > 0 && size > 0 {
                worked += try run("\(work)", times: times, ["batch": Int64(size), "n": advance(by: times * size)])
            }
            return worked
        }
        return Int64(units)
    }

    func read(_ orders: DurableReads) throws -> Int64 {
        try counting {
            let variables = ["orders": orders.orders, "scatter": DurableReads.scatter, "at": orders.first]
            return try run("read", times: orders.count, variables.mapValues { Int64($0) })
        }
        // Each read has found an event and a document, or the script would have ended.
        return Int64(orders.count) * 2
    }

    func loadAndAppend(_ count: Int, aggregates: Int, events: Int) throws -> Int64 {
        let found = try scratch.link().numbers(
            """
            select count(*), coalesce(min(version), 0) from marketplace_stream where category = \
            '\(DurableLoading.category)'
            """
        )
        guard found == [Int64(aggregates), Int64(events)] else { return 0 }
        try counting {
            let variables = ["batch": 1, "n": advance(by: count), "aggregates": Int64(aggregates)]
            return try run("load-append", times: count, variables)
        }
        return Int64(count)
    }

    func load(category: String, key: String) throws -> Int64 {
        try scratch.link().numbers(
            """
            select count(*) from marketplace_stream s join marketplace_event e on e.stream = s.id where s.category = \
            '\(category)' and s.key = '\(key)'
            """
        ).first ?? 0
    }

    func document(collection: String, id: String) throws -> Int64 {
        try scratch.link().numbers(
            "select count(*) from marketplace_document where collection = '\(collection)' and id = '\(id)'"
        ).first ?? 0
    }

    /// Takes note of how much of a call was no work, which answers how many nanoseconds it worked.
    private func counting(_ call: () throws -> Int64) throws {
        let clock = ContinuousClock()
        let start = clock.now
        let worked = try call()
        let parts = start.duration(to: clock.now).components
        let all = parts.seconds * 1_000_000_000 + parts.attoseconds / 1_000_000_000
        state.withLock { $0.idleNanoseconds = max(0, all - worked) }
    }

    /// The number before those of so many units.
    private func advance(by count: Int) -> Int64 {
        state.withLock { state in
            defer { state.last += Int64(count) }
            return state.last
        }
    }

    private func run(_ script: String, times: Int, _ variables: [String: Int64]) throws -> Int64 {
        let all = shape.variables.merging(variables) { _, given in given }
        return try program.run(script, times: times, with: all, on: scratch.url)
    }
}
#endif
