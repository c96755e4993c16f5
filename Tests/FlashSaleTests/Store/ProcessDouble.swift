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
        let mortal = FaultInjectingStore(store)
        if let fault { mortal.inject(fault, atCommit: number) }
        let gateway = MortalGatewayRecord(record)
        defer { gateway.die() }
        do {
            let sale = try await Sale(
                plan,
                at: .store(mortal),
                goingOnWith: StoredSale.find(in: mortal),
                record: gateway
            )
            let history = try await sale.run()
            if !mortal.firedFaults.isEmpty { return nil }
            return try await SaleRun(sale, history)
        } catch  where !mortal.firedFaults.isEmpty {
            return nil
        }
    }
}
