import MarketplaceCore
import MarketplaceInventory
import MarketplaceStorage
import MarketplaceTestKit

extension PlantedTableBugs {
    /// What a table does wrong when its connection fails.
    enum FaultFlaw: Sendable {
        /// A write that was refused is made with the next one.
        case refusedIsMadeLater
        /// A write whose outcome is unknown is made again, and refused for its own fence.
        case repeatedByItself
        /// What is unknown is called not applied.
        case unknownIsNotApplied
        /// What was done until the connection broke remains.
        case halfRemains
    }

    static let faults = [
        fault(StockTableFaultLaws.outagesApplyNothing, .refusedIsMadeLater, "what was refused is made later"),
        fault(StockTableFaultLaws.unknownOutcomesAreSaidToBe, .repeatedByItself, "a repetition meets its own fence"),
        fault(
            StockTableFaultLaws.unknownOutcomesAreSaidToBe,
            .unknownIsNotApplied,
            "a write whose answer was lost is called not applied"
        ),
        fault(StockTableFaultLaws.interruptionsLeaveNoHalf, .halfRemains, "statements take effect one by one"),
    ]

    private static func fault(
        _ law: StockTableFaultLaw,
        _ flaw: FaultFlaw,
        _ name: String
    ) -> PlantedBug<FaultyStockTableSite> {
        PlantedBug(law, name) { faultySite(flaw) }
    }

    /// A table whose writes fail on demand, and that does something wrong then.
    static func faultySite(_ flaw: FaultFlaw?) -> FaultyStockTableSite {
        let faults = Shared<(fault: StoreFault, left: Int, fired: Int)>((.refuse, 0, 0))
        let refused = Shared<StockTableWrite?>(nil)
        var table = AlteredStockTable()
        table.onWrite = { (write, base) async throws(StockTableError) in
            let fault = faults.withLock { faults -> StoreFault? in
                // Three statements: rows, movements, COMMIT.
                if case .interrupt(let statements) = faults.fault, statements > 3 { return nil }
                guard faults.left > 0 else { return nil }
                (faults.left, faults.fired) = (faults.left - 1, faults.fired + 1)
                return faults.fault
            }
            let lost = StockTableError.unknown(StoreFailure(.timedOut, "the connection is lost"))
            switch fault {
            case nil:
                if flaw == .refusedIsMadeLater, let late = refused.withLock({ $0 }) {
                    refused.withLock { $0 = nil }
                    try? await base.write(late)
                }
                try await base.write(write)
            case .refuse:
                refused.withLock { $0 = write }
                throw .notApplied(StoreFailure(.unavailable, "there is no connection"))
            case .loseRequest: throw lost
            case .loseAnswer:
                try await base.write(write)
                if flaw == .unknownIsNotApplied { throw .notApplied(StoreFailure(.unavailable, "lost")) }
                if flaw == .repeatedByItself { try await base.write(write) }
                throw lost
            case .interrupt(let statements):
                if statements == 3 { try await base.write(write) }
                if flaw == .halfRemains, statements > 0, statements < 3 {
                    try await base.write(StockTableWrite(levels: write.levels))
                }
                throw lost
            }
        }
        return FaultyStockTableSite(table) { fault, count in
            faults.withLock { faults in
                defer { faults = (fault, count, 0) }
                return faults.fired
            }
        }
    }

    static let held = [
        PlantedBug(HeldWriteLaws.interleavingsKeepTheMovements, "movements are numbered before the commit") {
            let gate = StoreGate()
            return HeldStockTableSite(numberingEarly { _ in await gate.pass() }, gate: gate)
        },
        PlantedBug(HeldWriteLaws.interleavingsKeepTheMovements, "the movements of a write come in the other order") {
            let gate = StoreGate()
            return heldSite(gate) { $0.movements.reverse() }
        },
    ]

    /// A table whose writes pass a gate, and are changed before.
    static func heldSite(
        _ gate: StoreGate,
        _ change: @escaping @Sendable (inout StockTableWrite) -> Void = { _ in }
    ) -> HeldStockTableSite {
        var table = AlteredStockTable()
        table.onWrite = { (write, base) async throws(StockTableError) in
            var changed = write
            change(&changed)
            await gate.pass()
            try await base.write(changed)
        }
        return HeldStockTableSite(table, gate: gate)
    }
}
