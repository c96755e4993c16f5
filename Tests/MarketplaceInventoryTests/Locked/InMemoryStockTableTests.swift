import MarketplaceInventory
import MarketplaceTestKit
import Synchronization
import Testing

struct InMemoryStockTableTests {
    @Test(arguments: StockTableLaws.all)
    func itKeepsEveryLawOfTables(_ law: StockTableLaw) async throws {
        try await law.check {
            let table = InMemoryStockTable()
            return StockTableSite { table }
        }
    }

    @Test(arguments: StockTableLaws.all)
    func itKeepsEveryLawBehindPausesOfItsCallers(_ law: StockTableLaw) async throws {
        try await law.check {
            let table = InMemoryStockTable()
            return StockTableSite {
                HookedStockTable(table, afterRead: { await Task.yield() }, beforeWrite: { _ in await Task.yield() })
            }
        }
    }

    @Test(arguments: HeldWriteLaws.all)
    func itKeepsEveryLawOfHeldWrites(_ law: HeldWriteLaw) async throws {
        try await law.check {
            let gate = StoreGate()
            let table = HookedStockTable(InMemoryStockTable(), beforeWrite: { _ in await gate.pass() })
            return HeldStockTableSite(table, gate: gate)
        }
    }

    @Test(arguments: StockTableFaultLaws.all)
    func itKeepsEveryLawOfFailingWrites(_ law: StockTableFaultLaw) async throws {
        try await law.check {
            let faults = Mutex<(next: [HookedStockTable.Fault], fired: Int)>(([], 0))
            let rule: @Sendable () -> HookedStockTable.Fault? = {
                faults.withLock { faults in
                    guard let fault = faults.next.popLast() else { return nil }
                    faults.fired += 1
                    return fault
                }
            }
            let table = HookedStockTable(InMemoryStockTable(), rule: rule)
            return FaultyStockTableSite(table) { fault, count in
                faults.withLock { faults in
                    let next = HookedStockTable.Fault(fault).map { Array(repeating: $0, count: count) }
                    defer { faults = (next ?? [], 0) }
                    return faults.fired
                }
            }
        }
    }
}

extension HookedStockTable.Fault {
    /// What a table in memory makes of a fault, whose write is one statement; nil when it does not come about.
    fileprivate init?(_ fault: StoreFault) {
        switch fault {
        case .refuse: self = .refuse
        case .loseRequest, .interrupt(afterStatements: 0): self = .loseRequest
        case .loseAnswer, .interrupt(afterStatements: 1): self = .loseAnswer
        case .interrupt: return nil
        }
    }
}
