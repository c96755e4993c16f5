public import MarketplaceInventory

/// Random histories of an inventory against a sequential model.
///
/// A history is a few callers' calls at once, each answered; it is right when some order of the calls that respects
/// which ended before which began explains all answers and what is there in the end (linearizability; Herlihy and Wing,
/// "Linearizability: A Correctness Condition for Concurrent Objects", TOPLAS 1990). A walk is one caller's long history,
/// where every answer has to be the model's.
///
/// ```swift
/// for seed in seeds {
///     try await InventoryTrials.checkHistory(seed: seed) { makeEmptyInventory() }
/// }
/// ```
public enum InventoryTrials {
    /// The most callers of one history.
    public static let maximumCallers = 4
    /// The most calls of one caller.
    public static let maximumCalls = 12

    /// Checks one history of concurrent calls; everything random follows from the seed, but the interleaving.
    ///
    /// A history in which an outcome stays unknown, whatever the inventory tries, tells nothing and is passed over.
    ///
    /// - Parameters:
    ///   - seed: What the calls follow from.
    ///   - makeInventory: Makes an empty inventory that remembers what ended for at least an hour.
    /// - Returns: How many calls ran at once; 0 when the history was passed over.
    /// - Throws: ``InventoryTrialFailure``; what `makeInventory` throws, as it is.
    @discardableResult
    public static func checkHistory(
        seed: UInt64,
        _ makeInventory: () async throws -> any InventoryStore
    ) async throws -> Int {
        var trial = InventoryHistoryTrial(seed: seed, try await makeInventory())
        return try await trial.run()
    }

    /// Checks one long history of a single caller.
    ///
    /// What is older than a few dozen calls is never called upon again, so that an inventory may forget it after an
    /// hour, and both stay small however long the walk.
    ///
    /// - Parameters:
    ///   - steps: How many calls there are.
    ///   - seed: What the calls follow from.
    ///   - makeInventory: Makes an empty inventory that remembers what ended for at least an hour.
    /// - Returns: How many calls were refused.
    /// - Throws: ``InventoryTrialFailure``; what `makeInventory` throws, as it is.
    @discardableResult
    public static func walk(
        steps: Int,
        seed: UInt64,
        _ makeInventory: () async throws -> any InventoryStore
    ) async throws -> Int {
        var trial = InventoryWalkTrial(seed: seed, try await makeInventory())
        return try await trial.run(steps: steps)
    }

    /// Sells units of one SKU to buyers who all come at once.
    ///
    /// Exactly as many are granted as there are units or buyers, every other buyer is told that nothing is available, and level,
    /// open reservations and movements say the same.
    ///
    /// - Parameters:
    ///   - units: How many units there are.
    ///   - buyers: How many buyers come, each for one unit.
    ///   - makeInventory: Makes an empty inventory.
    /// - Throws: ``InventoryTrialFailure``; what `makeInventory` throws, as it is.
    public static func sell(
        _ units: Int,
        to buyers: Int,
        _ makeInventory: () async throws -> any InventoryStore
    ) async throws {
        try await InventorySaleTrial(units: units, buyers: buyers, inventory: try await makeInventory()).run()
    }
}
