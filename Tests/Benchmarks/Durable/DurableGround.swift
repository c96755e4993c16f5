import MarketplaceCore
import MarketplaceStorage
import Synchronization

/// A database with so many events in it, and a copy for the raw programs: filled when first used, kept for all rounds.
final class DurableGround: Sendable {
    /// How many sales are on their way at once while it is filled.
    private static let fillers = 4_096
    private static let partSize = 10_000

    private struct State: Sendable {
        var database: DurableDatabase?
        var events = 0
        var raws: [DurableWork: any DurableRaw] = [:]
        /// The first number that no work has used yet.
        var next = 0
        /// How many rounds of reading there were, on either side.
        var readings = (library: 0, raw: 0)
    }

    private let backend: any DurableBackend
    private let events: @Sendable (Workload) -> Int
    private let state = Mutex(State())

    init(_ backend: any DurableBackend, events: @escaping @Sendable (Workload) -> Int) {
        self.backend = backend
        self.events = events
    }

    /// The library's way of doing a work here.
    func library(_ work: DurableWork) -> Program {
        .library { workload in
            let store = try await self.database(workload).store
            let first = self.state.withLock { state in
                defer { state.next += workload.operations }
                return state.next
            }
            let unit = try await work.prepare(first..<(first + workload.operations), on: store)
            return {
                try await workload.inTurn { number in try await unit(first + number) }
            }
        }
    }

    /// The raw way of doing it, in batches of as many as the library has callers.
    func raw(_ work: DurableWork) -> Program {
        .rawLimit(waiting: { workload in
            let raw = try await self.raw(work, workload)
            return { try raw.timed { try raw.write(workload.operations, batch: workload.tasks) } }
        })
    }

    /// Reads the events of orders and their documents.
    var libraryReading: Program {
        .library { workload in
            let store = try await self.database(workload).store
            let round = self.state.withLock { state in
                defer { state.readings.library += 1 }
                return state.readings.library
            }
            let keys = try self.reads(workload, round).keys.map { (key) throws in
                (StreamID("order", try TextKey(key)), DocumentKey("orders", try TextKey(key)))
            }
            return {
                try await workload.spread { range in
                    var found: Int64 = 0
                    for number in range {
                        let (stream, document) = keys[number]
                        found += Int64(try await store.events(in: stream, from: StreamVersion(1), limit: 100).count)
                        if try await store.document(document) != nil { found += 1 }
                    }
                    return found
                }
            }
        }
    }

    /// Reads the same rows.
    var rawReading: Program {
        .rawLimit(waiting: { workload in
            let raw = try await self.raw(.sale, workload)
            let round = self.state.withLock { state in
                defer { state.readings.raw += 1 }
                return state.readings.raw
            }
            let reads = self.reads(workload, round)
            return { try raw.timed { try raw.read(reads) } }
        })
    }

    private func reads(_ workload: Workload, _ round: Int) -> DurableReads {
        let events = state.withLock { $0.events }
        return DurableReads(count: workload.operations, orders: events, first: round * workload.operations)
    }

    private func raw(_ work: DurableWork, _ workload: Workload) async throws -> any DurableRaw {
        let database = try await database(workload)
        if let raw = state.withLock({ $0.raws[work] }) { return raw }
        let raw = try await backend.raw(work, beside: database)
        state.withLock { $0.raws[work] = raw }
        return raw
    }

    private func database(_ workload: Workload) async throws -> DurableDatabase {
        if let database = state.withLock({ $0.database }) { return database }
        let count = events(workload)
        let database = try await backend.open()
        // A part at a time, so that the transactions of all of them are not in memory at once.
        for part in 0..<max(1, count / Self.partSize) {
            let size = min(count, Self.partSize)
            let first = part * size
            let unit = try await DurableWork.sale.prepare(first..<(first + size), on: database.store)
            let workload = Workload(operations: size, tasks: min(size, Self.fillers))
            _ = try await workload.spread { range in
                var done: Int64 = 0
                for number in range { done += try await unit(first + number) }
                return done
            }
        }
        state.withLock { state in
            state.database = database
            state.events = count
            state.next = count
        }
        return database
    }
}
