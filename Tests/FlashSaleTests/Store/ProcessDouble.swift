import FlashSaleKit
import Marketplace
import MarketplaceTestKit
import Synchronization

/// The record of a gateway, which a process can write to no more when it is dead: its last tasks go on in a test.
final class MortalGatewayRecord: GatewayRecord {
    private let record: any GatewayRecord
    private let isDead = Mutex(false)

    init(_ record: any GatewayRecord) {
        self.record = record
    }

    func append(_ entry: GatewayRecordEntry) throws(GatewayRecordError) {
        try isDead.withLock { isDead throws(GatewayRecordError) in
            guard !isDead else { throw GatewayRecordError("the process is dead") }
            try record.append(entry)
        }
    }

    func entries() throws(GatewayRecordError) -> [GatewayRecordEntry] { try record.entries() }

    /// Nothing is appended any more when this has returned.
    func die() {
        isDead.withLock { $0 = true }
    }
}

/// What outlives the processes of a sale, and the processes.
struct ProcessDouble {
    let store = InMemoryStore()
    let record = InMemoryGatewayRecord()

    /// Runs a process until it has sold everything, or dies at a commit; nil when it died.
    func run(_ plan: SalePlan, dying fault: CommitFault? = nil, atCommit number: Int = 0) async throws -> SaleRun? {
        let (deaths, death) = AsyncStream.makeStream(of: Never.self)
        let mortal = FaultInjectingStore(store, beforeCommit: { if $0 == number { death.finish() } })
        if let fault { mortal.inject(fault, atCommit: number) }
        let gateway = MortalGatewayRecord(record)
        defer { gateway.die() }
        return try await withThrowingTaskGroup(of: SaleRun?.self) { group in
            // The dead wait for nobody: what still goes on in this process is cancelled.
            defer { group.cancelAll() }
            group.addTask { try await sell(plan, on: mortal, gateway) }
            group.addTask {
                for await _ in deaths {}
                return nil
            }
            return try await group.next() ?? nil
        }
    }

    private func sell(
        _ plan: SalePlan,
        on mortal: FaultInjectingStore,
        _ gateway: MortalGatewayRecord
    ) async throws -> SaleRun? {
        do {
            let stored = try await StoredSale.find(in: mortal)
            let sale = try await Sale(plan, at: .store(mortal), goingOnWith: stored, record: gateway)
            let history = try await sale.run()
            return mortal.firedFaults.isEmpty ? try await SaleRun(sale, history) : nil
        } catch  where !mortal.firedFaults.isEmpty {
            return nil
        }
    }
}
