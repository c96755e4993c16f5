#if SQLite
import Foundation
import MarketplaceCore
import MarketplaceInMemory
import MarketplaceInventory
import MarketplaceJSON
import MarketplaceStorage
import MarketplaceTestKit
import Synchronization
import TestSupport
import Testing
@testable import MarketplaceSQLite

/// A sale on a store and on a stock table of one file, of which copies are taken at any moment and damaged as a loss of
/// power would; ``CutFileTests`` go through one small file byte by byte.
struct PowerLossTests {
    /// The calls that were answered, in their order.
    private final class Answers: Sendable {
        private let ids = Mutex<[ReservationID]>([])
        var all: [ReservationID] { ids.withLock { $0 } }
        func note(_ id: ReservationID) { ids.withLock { $0.append(id) } }
    }

    private static let damagesPerCopy = 10
    private static let namespaces: [StoreNamespace] = ["store", "table"]

    @Test func aCopyOfAnyMomentOpensToAPrefixOrIsRefused() async {
        var lost = 0
        await PropertyRun.checkAsync(PropertyRun.whole(4, reducedTo: 2)) { run in
            let answers = Answers()
            let (copies, history) = try await Self.sale(&run, answers)
            try #require(!copies.isEmpty, run.replay)
            for copy in copies {
                var whole = 0
                for number in 0..<Self.damagesPerCopy {
                    let damage = number == 0 ? .nothing : PowerLossDamage.any(of: copy, &run)
                    let comment: Comment = "\(damage); replay with PROPERTY_SEED=\(run.seed)"
                    let answered = Array(answers.all.prefix(copy.answered))
                    do {
                        let end = try await Self.check(copy, damage, history, answered, comment)
                        if number == 0 { whole = end ?? 0 }
                        if damage.isOfLog, let end, end < whole { lost += 1 }
                    } catch let failure as SQLiteFailure {
                        // The text of a view lies on pages that SQLite cannot check.
                        #expect(damage.isOfFile, "\(failure) \(comment)")
                    }
                }
            }
        }
        #expect(lost > 0 || PropertyRun.isPartial, "no damage ever lost anything")
    }

    /// Sells from several tasks; gives the copies, and everything that moved in the end.
    private static func sale(
        _ run: inout PropertyRun,
        _ answers: Answers
    ) async throws -> ([PowerLossCopy], [[String]]) {
        let folder = try TemporaryFolder(isVolatile: true)
        let probe = PowerLossProbe(path: folder.path(), seed: run.generator.next()) { answers.all.count }
        let database = try await SQLiteDatabase(
            opening: .file(folder.path()),
            configuration: .quick,
            probe: probe
        )
        let store = StoreInventory(store: database.store(namespace: "store"), codec: .json)
        let table = LockedInventory(
            table: database.stockTable(namespace: "table", codec: .json),
            locks: InMemoryLockProvider()
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<5 {
                let seed = run.generator.next()
                group.addTask {
                    var run = PropertyRun(seed: seed)
                    try await sell(from: task == 0 ? table : store as any InventoryStore, task, &run, answers)
                }
            }
            try await group.waitForAll()
        }
        let history = try namespaces.map { try movements(in: SQLFile(path: folder.path()), $0) }
        return (probe.finish(), history)
    }

    private static func sell(
        from inventory: any InventoryStore,
        _ task: Int,
        _ run: inout PropertyRun,
        _ answers: Answers
    ) async throws {
        var own: [ReservationID] = []
        for step in 0..<60 {
            let sku = try SKU("sku-\(run.natural(through: 4))")
            let time = Timestamp(microsecondsSinceEpoch: Int64(step))
            let id = UInt128(task) << 64 | UInt128(step)
            do throws(InventoryError) {
                switch (step == 0 ? 9 : run.natural(through: 9), own.isEmpty ? nil : run.element(of: own)) {
                case (0, let known?): try await inventory.release(known, at: time)
                case (1...3, let known?): try await inventory.allocate(known, at: time)
                case (4, let known?): try await inventory.ship(known, at: time)
                case (9, _):
                    let change = StockChange(id: MovementID(bits: id), sku: sku, .adjustment(9), time: time)
                    try await inventory.record(change)
                default:
                    let lines = try? [ReservationLine(sku, .one), ReservationLine("sku-0", Quantity(2))]
                    let request = ReservationRequest(
                        id: ReservationID(bits: id),
                        lines: ReservationLines(lines ?? []),
                        member: "member",
                        deadline: .distantFuture,
                        at: time
                    )
                    try await inventory.reserve(request)
                    own.append(request.id)
                    answers.note(request.id)
                }
            } catch {
                guard case .refused = error else { throw error }
            }
        }
    }

    private static func movements(in file: SQLFile, _ namespace: StoreNamespace) throws -> [String] {
        try file.lines(
            "select id || sku || kind from marketplace_movements where namespace = '\(namespace)' order by number"
        )
    }

    /// Opens a damaged copy, and demands that it is refused or holds together; how much it holds.
    private static func check(
        _ copy: PowerLossCopy,
        _ damage: PowerLossDamage,
        _ history: [[String]],
        _ answered: [ReservationID],
        _ comment: Comment
    ) async throws -> Int? {
        let folder = try TemporaryFolder(isVolatile: true)
        try damage.write(copy, to: folder.path())
        let database: SQLiteDatabase
        do throws(SQLiteOpeningError) {
            let configuration = SQLiteConfiguration(synchronous: .normal, readerCount: 1)
            database = try await SQLiteDatabase(opening: .file(folder.path()), configuration: configuration)
        } catch {
            #expect(damage.isOfFile && [.corrupt, .notADatabase].contains(error.code), comment)
            return nil
        }
        let file = SQLFile(path: folder.path())
        #expect(try file.lines("pragma integrity_check") == ["ok"], comment)
        var count = 0
        for (namespace, history) in zip(namespaces, history) {
            let found = try movements(in: file, namespace)
            #expect(found == Array(history.prefix(found.count)), comment)
            count += found.count
        }
        for query in balances { #expect(try file.lines(query) == [], comment) }
        if !damage.isOfLog {
            let found = Set(try file.lines("select distinct id from marketplace_reservations"))
            #expect(answered.allSatisfy { found.contains($0.description) }, comment)
        }
        let inventory = StoreInventory(store: database.store(namespace: "store"), codec: .json)
        let change = StockChange(id: MovementID(bits: .max), sku: "sku-9", .restock(.one), time: .epoch)
        #expect(try await inventory.record(change).onHand == 1, comment)
        await database.close()
        return count
    }

    /// What must be empty: levels that are not the sum of their movements, and units that are held without a holder or
    /// the other way round.
    private static let balances: [String] = {
        let point = "namespace, sku, location"
        let levels = "select \(point), on_hand, held, allocated, backordered from marketplace_stock"
        let sums = """
            select \(point), sum(on_hand), sum(held), sum(allocated), sum(backordered) from marketplace_movements
            group by \(point)
            """
        let promised = "select \(point), held, allocated from marketplace_stock where held + allocated > 0"
        let holds = """
            select \(point), sum(held), sum(allocated) from marketplace_reservations group by \(point)
            having sum(held) + sum(allocated) > 0
            """
        let known = "select distinct namespace, reservation from marketplace_movements where reservation is not null"
        let ids = "select distinct namespace, id from marketplace_reservations"
        return [(levels, sums), (promised, holds), (known, ids)].flatMap {
            ["\($0) except \($1)", "\($1) except \($0)"]
        }
    }()
}
#endif
