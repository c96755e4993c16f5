/// So many units of a line.
struct UnitGroup {
    /// The index of the line.
    var line: Int
    /// How many units.
    var units: Int
    /// How many of them one repetition has: what a budget is held against share by share.
    var unitsOfRepetition: Int

    init(line: Int, units: Int, unitsOfRepetition: Int? = nil) {
        self.line = line
        self.units = units
        self.unitsOfRepetition = unitsOfRepetition ?? units
    }
}

/// What is taken off a line, or a shipping charge.
struct Take {
    /// The index of the line or charge.
    var line: Int
    /// How many units are discounted.
    var units: Int
    /// What is taken off them together, in minor units; above zero.
    var amount: Int64
}

/// What a promotion takes off where it stands.
struct PromotionDraft {
    /// What is taken off lines.
    var lines: [Take] = []
    /// What is taken off shipping charges.
    var shipping: [Take] = []
    /// The units that had to be bought for it.
    var bought: [UnitGroup] = []
    /// What it gives on top.
    var gift: Gift?
    /// The sum of all takes, in minor units.
    var amount: Int64 = 0
    /// Whether its units are used up for others, where the policy lets units count once.
    var usesUnits = true
    /// The largest share that was left out because it alone is more than what is left of the budget.
    var largestShareLeftOut: Int64 = 0

    /// Whether it does anything.
    var isEmpty: Bool { amount == 0 && gift == nil }
}

/// What came of applying a promotion to a state.
enum Attempt {
    /// It takes something off, or gives something.
    case draft(PromotionDraft)
    /// It does not apply.
    case refused(PromotionRefusal)
}
