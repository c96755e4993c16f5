import MarketplaceCore
import MarketplaceInventory
import MarketplaceStorage

/// A law of tables of stock whose writes fail.
public typealias StockTableFaultLaw = Law<FaultyStockTableSite>

/// The laws that a table keeps besides those of ``StockTableLaws`` when it is reached over something that can fail.
public enum StockTableFaultLaws {
    /// All of them.
    public static let all = LawSet([outagesApplyNothing, unknownOutcomesAreSaidToBe, interruptionsLeaveNoHalf])

    /// How many writes in a row fail where a law wants a call to fail: more than any table tries again by itself.
    private static let outage = 20
    /// After how many statements a write is over in any table.
    private static let mostStatements = 1_000

    /// When there is no connection a write is not applied, and never will be.
    public static let outagesApplyNothing = StockTableFaultLaw(
        "table-fault.refused",
        "When there is no connection a write is reported as not applied and to be retried; it changes nothing, neither "
            + "then nor with a later write, and can be made again."
    ) { faulty in
        for number in 1...3 {
            let effect = try await faulty.during(.refuse, outage) { try await faulty.write(number) }
            try LawBreach.unlessEqual(effect, .notApplied, "the outcome without a connection")
            try await StockTableScene.demand(number - 1, of: faulty.table, "everything as before the outage")
            // Whatever is written next must not bring it along.
            try await faulty.table.write(StockTableWrite(levels: [StockTableProbe.level("other", number)]))
            try await StockTableScene.demand(number - 1, of: faulty.table, "everything as before, after another write")
            try LawBreach.unlessEqual(try await faulty.write(number), nil, "the outcome of the next attempt")
            try await StockTableScene.demand(number, of: faulty.table, "everything of the write")
        }
    }

    /// What is not known is said to be unknown.
    public static let unknownOutcomesAreSaidToBe = StockTableFaultLaw(
        "table-fault.unknown",
        "A write whose request or answer is lost, however often, is never reported as the opposite of what happened, nor "
            + "as refused for a fence that it has replaced itself; the fence tells what happened."
    ) { faulty in
        var number = 0
        for fault in [StoreFault.loseAnswer, .loseRequest] {
            for count in [1, 2, outage] {
                number += 1
                let effect = try await faulty.during(fault, count) { try await faulty.write(number) }
                let rows = try await faulty.table.read(StockTableScene.query)
                let isApplied = rows.fences[StockTableScene.keys[0]] == .init(UInt64(number))
                try await StockTableScene.demand(
                    isApplied ? number : number - 1,
                    of: faulty.table,
                    "what the fence tells"
                )
                let isTrue = effect == .unknown || isApplied == (effect == nil)
                let said = effect.map { "\($0)" } ?? "applied"
                try LawBreach.unless(isTrue, "an outcome as it was said: \(said)", found: rows.summary)
                if !isApplied { try LawBreach.unlessEqual(try await faulty.write(number), nil, "the next attempt") }
                try await StockTableScene.demand(number, of: faulty.table, "everything of the write")
            }
        }
    }

    /// A connection that breaks in the middle of a write leaves no half of it.
    public static let interruptionsLeaveNoHalf = StockTableFaultLaw(
        "table-fault.interrupted",
        "A write whose connection is lost after any of its statements is applied as a whole or not at all, as its outcome "
            + "says or unknown."
    ) { faulty in
        var number = 1
        for statements in 0..<mostStatements {
            let fault = StoreFault.interrupt(afterStatements: statements)
            let (effect, fired) = try await faulty.duringAny(fault, 1) { try await faulty.write(number) }
            let rows = try await faulty.table.read(StockTableScene.query)
            let isApplied = rows.fences[StockTableScene.keys[0]] == .init(UInt64(number))
            try await StockTableScene.demand(
                isApplied ? number : number - 1,
                of: faulty.table,
                "all or nothing, after \(statements) statements"
            )
            let isTrue = effect == .unknown || isApplied == (effect == nil)
            let said = effect.map { "\($0)" } ?? "applied"
            try LawBreach.unless(isTrue, "an outcome as it was said: \(said)", found: rows.summary)
            if isApplied { number += 1 }
            guard fired > 0 else {
                try LawBreach.unless(statements > 0, "an interruption that comes about", found: "none did")
                return
            }
        }
        throw LawBreach(expected: "an end of a write's statements", found: "\(mostStatements) of them")
    }
}
