import MarketplaceCore
import MarketplaceInventory
import MarketplaceStorage
import MarketplaceTestKit

extension PlantedTableBugs {
    /// A table whose write is made by other means.
    private static func writingBy(_ write: @escaping AlteredStockTable.Write) -> AlteredStockTable {
        var table = AlteredStockTable()
        table.onWrite = write
        return table
    }

    static let writes = [
        PlantedTableBug(
            StockTableLaws.writesAreAllOrNothing,
            "the fences before a stale one are replaced",
            alsoBreaks: [StockTableLaws.manyRowsFit, StockTableLaws.noUpdateIsLost]
        ) {
            writingBy { (write, base) async throws(StockTableError) in
                if let stale = try await base.staleFence(of: write) {
                    let before = write.fences.prefix { $0.key != stale }
                    try await base.write(StockTableWrite(fences: Array(before)))
                }
                try await base.write(write)
            }
        },
        PlantedTableBug(
            StockTableLaws.writesAreAllOrNothing,
            "the movements of a refused write are kept",
            alsoBreaks: [StockTableLaws.oneOfManyIsApplied]
        ) {
            writingBy { (write, base) async throws(StockTableError) in
                if try await base.staleFence(of: write) != nil {
                    try await base.write(StockTableWrite(movements: write.movements))
                }
                try await base.write(write)
            }
        },
        PlantedTableBug(
            StockTableLaws.writesAreAllOrNothing,
            "the rows are written before the fences are compared",
            alsoBreaks: [
                StockTableLaws.successorsDoNotBothWrite, StockTableLaws.oneOfManyIsApplied,
                StockTableLaws.noUpdateIsLost, StockTableLaws.manyRowsFit, StockTableLaws.rowsAreNoOlderThanFences,
            ]
        ) {
            writingBy { (write, base) async throws(StockTableError) in
                try await base.write(StockTableWrite(levels: write.levels))
                try await base.write(write)
            }
        },
        PlantedTableBug(
            StockTableLaws.writesAreAllOrNothing,
            "only the first fence is compared",
            alsoBreaks: [StockTableLaws.noUpdateIsLost, StockTableLaws.manyRowsFit]
        ) {
            writingBy { (write, base) async throws(StockTableError) in
                try await base.force(write) { $0.key == write.fences.first?.key }
            }
        },
        PlantedTableBug(StockTableLaws.manyRowsFit, "the first 500 levels of a write are written, and no more") {
            writing { $0.levels = Array($0.levels.prefix(500)) }
        },
        PlantedTableBug(StockTableLaws.manyRowsFit, "the first 500 fences are compared, and no more") {
            writingBy { (write, base) async throws(StockTableError) in
                let compared = Set(write.fences.prefix(500).map(\.key))
                try await base.force(write) { compared.contains($0.key) }
            }
        },
        PlantedTableBug(StockTableLaws.cancelledWritesAreWhole, "a cancelled write is called not applied, and is") {
            writingBy { (write, base) async throws(StockTableError) in
                await Task.yield()
                try await base.write(write)
                if Task.isCancelled { throw .notApplied(StoreFailure(.cancelled, "while writing")) }
            }
        },
        PlantedTableBug(StockTableLaws.cancelledWritesAreWhole, "a cancelled write stops half-way") {
            writingBy { (write, base) async throws(StockTableError) in
                guard Task.isCancelled else { return try await base.write(write) }
                try await base.write(StockTableWrite(fences: write.fences))
                throw .unknown(StoreFailure(.cancelled, "while writing"))
            }
        },
    ]

    static let fences = [
        PlantedTableBug(
            StockTableLaws.fencesCompareWhatWasSeen,
            "no token is compared",
            alsoBreaks: misfenced + [StockTableLaws.fencesAreKept]
        ) {
            writingBy { (write, base) async throws(StockTableError) in try await base.force(write) }
        },
        PlantedTableBug(
            StockTableLaws.successorsDoNotBothWrite,
            "tokens are compared with the highest one only",
            alsoBreaks: misfenced + [StockTableLaws.fencesCompareWhatWasSeen, StockTableLaws.fencesAreKept]
        ) {
            writingBy { (write, base) async throws(StockTableError) in
                let kept = try await base.read(StockTableQuery(fences: write.fences.map(\.key))).fences
                if let stale = write.fences.first(where: { kept[$0.key] ?? .init(0) > $0.token }) {
                    throw .staleFence(stale.key)
                }
                try await base.force(write)
            }
        },
        PlantedTableBug(
            StockTableLaws.fencesCompareWhatWasSeen,
            "who has seen no token is let in",
            alsoBreaks: [
                StockTableLaws.fencesAreKept, StockTableLaws.writesAreAllOrNothing, StockTableLaws.oneOfManyIsApplied,
                StockTableLaws.restartsKeepEverything, StockTableLaws.manyRowsFit, StockTableLaws.noUpdateIsLost,
            ]
        ) {
            writingBy { (write, base) async throws(StockTableError) in
                try await base.force(write) { $0.seen != nil }
            }
        },
        PlantedTableBug(StockTableLaws.fencesCompareWhatWasSeen, "tokens are kept as numbers with a sign, cut off") {
            let cut: @Sendable (FencingToken) -> FencingToken = { FencingToken(min($0.value, UInt64(Int64.max))) }
            return writing { write in
                write.fences = write.fences.map { StockFence($0.key, seen: $0.seen.map(cut), token: cut($0.token)) }
            }
        },
        PlantedTableBug(
            StockTableLaws.oneOfManyIsApplied,
            "fences are compared first and replaced later",
            alsoBreaks: [StockTableLaws.noUpdateIsLost, StockTableLaws.rowsAreNoOlderThanFences]
        ) {
            writingBy { (write, base) async throws(StockTableError) in
                if let stale = try await base.staleFence(of: write) { throw .staleFence(stale) }
                for _ in 0..<5 { await Task.yield() }
                try await base.force(write)
            }
        },
        PlantedTableBug(
            StockTableLaws.noUpdateIsLost,
            "fences are compared first and replaced later, where there are several",
            alsoBreaks: [StockTableLaws.rowsAreNoOlderThanFences]
        ) {
            writingBy { (write, base) async throws(StockTableError) in
                guard write.fences.count > 1 else { return try await base.write(write) }
                if let stale = try await base.staleFence(of: write) { throw .staleFence(stale) }
                for _ in 0..<10 { await Task.yield() }
                try await base.force(write)
            }
        },
        PlantedTableBug(StockTableLaws.fencesAreKept, "fences are forgotten with what has ended") {
            let forgotten = Shared<[FenceKey: FencingToken]>([:])
            let written = Shared<[FenceKey: FencingToken]>([:])
            var table = AlteredStockTable()
            table.onWrite = { (write, base) async throws(StockTableError) in
                let gone = forgotten.withLock { $0 }
                var found = write
                found.fences = write.fences.map { fence in
                    let seen = fence.seen ?? gone[fence.key]
                    return StockFence(fence.key, seen: seen, token: fence.token)
                }
                try await base.write(found)
                let isEnded = write.reservations.contains { $0.endedAt != nil } && write.items.isEmpty
                for fence in write.fences {
                    forgotten.withLock { $0[fence.key] = nil }
                    if isEnded { written.withLock { $0[fence.key] = fence.token } }
                }
            }
            table.onForget = { (time, limit, base) async throws(StockTableError) in
                try await base.forget(endedBy: time, limit: limit)
                let gone = written.withLock { $0 }
                forgotten.withLock { $0.merge(gone) { $1 } }
            }
            table.onRead = { (query, base) async throws(StockTableError) in
                var rows = try await base.read(query)
                for key in forgotten.withLock({ Array($0.keys) }) { rows.fences[key] = nil }
                return rows
            }
            return table
        },
    ]

    /// The laws that a table breaks whose fences do not keep out whoever has not seen the latest write.
    private static let misfenced = [
        StockTableLaws.writesAreAllOrNothing, StockTableLaws.successorsDoNotBothWrite,
        StockTableLaws.oneOfManyIsApplied, StockTableLaws.noUpdateIsLost, StockTableLaws.restartsKeepEverything,
        StockTableLaws.manyRowsFit,
    ]
}
