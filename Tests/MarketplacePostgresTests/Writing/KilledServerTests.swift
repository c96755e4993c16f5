#if LibPQ
import MarketplaceCore
import MarketplaceInventory
import MarketplaceJSON
import MarketplaceStorage
import Testing
import TestSupport
@testable import MarketplacePostgres

/// A server that is killed in the middle of a sale, as by a loss of power, and started again.
@Suite(.serialized, .onPrivateServer)
struct KilledServerTests {
    private static let stock: Int64 = 500
    private static let callers = 32

    @Test func nothingAcknowledgedIsLostAndNothingIsSoldTwice() async throws {
        let rounds = PropertyRun.scaled(1) > 1 ? 20 : 2
        try await PrivateServer.withOwn { server, configuration in
            for round in 1...rounds { try await sell(round, server, configuration) }
        }
    }

    private func sell(_ round: Int, _ server: PrivateServer, _ configuration: LibPQConfiguration) async throws {
        let pool = LibPQPool(configuration)
        let namespace: StoreNamespace = try TextKey("round-\(round)")
        let database = try await PostgresDatabase(opening: pool)
        let inventory = StoreInventory(store: database.store(namespace: namespace), codec: .json)
        let identifiers = SeededIdentifiers(seed: UInt64(round))
        _ = try await inventory.record(
            .restock(id: identifiers.next(), sku: "mug", quantity: try Quantity(Self.stock), at: .epoch)
        )
        let lines: ReservationLines = [ReservationLine("mug", try Quantity(Int64(1)))]
        let deadline = Timestamp.epoch.advanced(by: .seconds(3_600))
        let acknowledged = Shared<Set<ReservationID>>([])
        // Some are sold before it, some may be on their way; which is left to chance.
        let killAfter = Int.random(in: 1...300)
        let isKilled = Shared(false)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<Self.callers {
                group.addTask {
                    while !isKilled.value {
                        let id: ReservationID = identifiers.next()
                        let request = ReservationRequest(
                            id: id,
                            lines: lines,
                            member: "ann",
                            deadline: deadline,
                            at: .epoch
                        )
                        guard (try? await inventory.reserve(request)) != nil else { continue }
                        acknowledged.update { _ = $0.insert(id) }
                    }
                }
            }
            group.addTask {
                try await eventually { acknowledged.value.count >= killAfter }
                try await server.kill()
                isKilled.update { $0 = true }
            }
            try await group.waitForAll()
        }
        try await server.start()
        let found = try await eventuallyFound(pool, namespace)
        let known = acknowledged.value
        #expect(known.isSubset(of: found.holds), "\(known.subtracting(found.holds).count) acknowledged holds are lost")
        #expect(found.held == found.holds.count, "the counter and the holds agree")
        #expect(found.movements == found.holds.count, "and so do the movements")
        #expect(found.held <= Int(Self.stock))
    }

    /// What plain SQL finds, as soon as the server answers again.
    private func eventuallyFound(
        _ pool: LibPQPool,
        _ namespace: StoreNamespace
    ) async throws -> (holds: Set<ReservationID>, held: Int, movements: Int) {
        var answer: (holds: Set<ReservationID>, held: Int, movements: Int) = ([], -1, -1)
        try await eventually {
            guard
                let holds = try? await pool.run(
                    """
                    select d.id from marketplace_document d join marketplace_namespace n on n.id = d.namespace where \
                    n.name = $1 and d.collection = 'inventory-reservations'
                    """,
                    .text(namespace.text)
                ),
                let held = try? await pool.run(
                    """
                    select coalesce(sum(value), 0)::bigint from marketplace_counter c join marketplace_namespace n on \
                    n.id = c.namespace where n.name = $1 and c.key like 'stock/held/%'
                    """,
                    .text(namespace.text)
                ),
                let movements = try? await pool.run(
                    """
                    select count(*) from marketplace_event e join marketplace_namespace n on n.id = e.namespace where \
                    n.name = $1 and e.name = 'StockMoved' and convert_from(e.payload, 'UTF8')::json ->> 'kind' = 'reservation'
                    """,
                    .text(namespace.text)
                )
            else { return false }
            answer.holds = []
            for row in 0..<holds.count {
                answer.holds.insert(try #require(ReservationID(try holds.text(0, of: row))))
            }
            answer.held = Int(try held.integer(0, of: 0))
            answer.movements = Int(try movements.integer(0, of: 0))
            return true
        }
        return answer
    }
}
#endif
