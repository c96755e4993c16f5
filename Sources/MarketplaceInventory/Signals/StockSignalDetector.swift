import MarketplaceCore

/// Finds the moments at which stock runs low, runs out and comes back, from the movements: a pure value.
///
/// It is fed every movement of an inventory, those of one SKU in their order, from the first one on, or from a
/// ``rebase(on:)``. What is available is the sum over the locations of what is promised to nobody less the safety
/// stock there, never below zero at any. Each crossing is told once; a fall from plenty to nothing crosses both low
/// stock and out of stock.
///
/// A SKU begins as out of stock without that being told: its first units are back in stock. A hold whose deadline has
/// come counts until it is ended. Keep it together with the cursor of the movements: it is `Codable` for that.
public struct StockSignalDetector: Hashable, Sendable, Codable {
    private struct Entry: Hashable, Sendable, Codable {
        var unpromised: [LocationKey: Int64] = [:]
        /// What was available when it was looked at last.
        var available: Int64 = 0
        var isOut = true
        var isLow = true

        func available(less safetyStock: SafetyStock) -> Int64 {
            unpromised.reduce(0) { $0.addingClamped(max(0, $1.value.addingClamped(-safetyStock[$1.key]))) }
        }

        /// Moves to another level, and returns which thresholds that crosses.
        mutating func cross(to level: Int64, by rule: StockSignalRule) -> [StockSignal.Kind] {
            available = level
            var kinds: [StockSignal.Kind] = []
            if isLow {
                isLow = level < rule.rearmedAt
            } else if let low = rule.lowStockAt, level <= low {
                isLow = true
                kinds.append(.lowStock)
            }
            if isOut, level >= rule.backInStockAt {
                isOut = false
                kinds.append(.backInStock)
            } else if !isOut, level == 0 {
                isOut = true
                kinds.append(.outOfStock)
            }
            return kinds
        }
    }

    private var entries: [SKU: Entry] = [:]

    /// The detector that has seen nothing.
    public init() {}

    /// Takes in a movement, and returns the signals it gives.
    ///
    /// Both halves of a transfer count as one: units that only go elsewhere neither run out nor come back.
    ///
    /// - Parameters:
    ///   - movement: The movement.
    ///   - rule: The thresholds of its SKU now.
    ///   - safetyStock: What is kept back of its SKU now. A change of either takes effect with the next movement.
    /// - Returns: The signals, none most of the time.
    public mutating func take(
        _ movement: StockMovement,
        by rule: StockSignalRule,
        safetyStock: SafetyStock = .none
    ) -> [StockSignal] {
        var entry = entries[movement.sku] ?? Entry()
        let units = entry.unpromised[movement.location] ?? 0
        entry.unpromised[movement.location] = units.addingClamped(movement.deltas.unpromised)
        if movement.kind == .transferOut {
            entries[movement.sku] = entry
            return []
        }
        let before = entry.available
        let kinds = entry.cross(to: entry.available(less: safetyStock), by: rule)
        entries[movement.sku] = entry
        return kinds.map { kind in
            StockSignal(
                kind: kind,
                sku: movement.sku,
                before: before,
                available: entry.available,
                movement: movement.id,
                time: movement.time
            )
        }
    }

    /// Goes on from the stock of a SKU as it is, and tells nothing: for an inventory whose first movements are
    /// forgotten.
    ///
    /// The stock must be that after the last movement the detector is given before the next one.
    public mutating func rebase(on stock: SKUStock, by rule: StockSignalRule) {
        var entry = Entry()
        for level in stock.levels { entry.unpromised[level.location] = level.unpromised }
        entry.available = stock.available
        entry.isOut = entry.available == 0
        entry.isLow = entry.available <= rule.lowStockAt ?? 0
        entries[stock.sku] = entry
    }
}

extension Int64 {
    /// The sum, or the end of the range that it would be beyond: of what is stored, nothing is too large to be read.
    fileprivate func addingClamped(_ other: Int64) -> Int64 {
        let (sum, isTooLarge) = addingReportingOverflow(other)
        guard isTooLarge else { return sum }
        return other < 0 ? .min : .max
    }
}
