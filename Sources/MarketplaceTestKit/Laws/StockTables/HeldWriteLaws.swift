import MarketplaceInventory

/// A law of tables of stock whose writes can be held.
public typealias HeldWriteLaw = Law<HeldStockTableSite>

/// The laws of what others see of a write that is under way: everything is written, and it has not taken effect.
///
/// They are for tables whose driver can be held at that place, see ``StoreGate``. Where a database numbers movements
/// when they are written and shows them at the commit, late ones come from there.
public enum HeldWriteLaws {
    /// All of them.
    public static let all = LawSet([interleavingsKeepTheMovements])

    /// Three writers that write and commit in any order leave movements that keep their promises.
    public static let interleavingsKeepTheMovements = HeldWriteLaw(
        "held-write.interleavings",
        "In every order in which three writers write and commit, a reader who looks after every step finds each movement "
            + "once, none late, those of a write in their order, and behind those of every write that had ended before."
    ) { site, history in
        let probe = try await StockTableProbe(StockTableSite { site.table }, history: history)
        var interleaving = MovementInterleaving(probe, gate: site.gate)
        try await interleaving.runAll()
    }
}
