public import MarketplaceCore

/// Whoever buys some units gets others cheaper: two for one, the third at half its price.
///
/// One repetition takes so many units to be bought and as many others to be got, each unit once; it is repeated as long
/// as there are enough of both, or as often as it may be. A repetition that cannot have all its units does not happen.
/// Units that cannot be got are bought first, so that what could be free is not what is paid for. Of the scope's
/// ``PromotionScope/units`` only ``UnitPick/perOrder`` counts, as the most units that are got.
public struct BuyGet: Sendable, Hashable {
    /// Which lines have to be bought; nil is the scope of the promotion.
    public var bought: LineFilter?
    /// How many units of them, for one repetition.
    public var boughtUnits: Int
    /// Which of them first; nil leaves it to the policy.
    public var boughtOrder: UnitOrder?
    /// Which lines are got cheaper; nil is the scope of the promotion.
    public var got: LineFilter?
    /// How many units of them, in one repetition.
    public var gotUnits: Int
    /// Which of them first; nil leaves it to the policy.
    public var gotOrder: UnitOrder?
    /// What they cost then.
    public var reward: Reward
    /// How often it is repeated in one basket; nil as often as there are units.
    public var repeats: Int?

    /// Whoever buys some units gets others cheaper.
    public init(
        buy boughtUnits: Int,
        of bought: LineFilter? = nil,
        get gotUnits: Int,
        of got: LineFilter? = nil,
        reward: Reward = .free,
        repeats: Int? = nil,
        boughtOrder: UnitOrder? = nil,
        gotOrder: UnitOrder? = nil
    ) {
        self.bought = bought
        self.boughtUnits = boughtUnits
        self.boughtOrder = boughtOrder
        self.got = got
        self.gotUnits = gotUnits
        self.gotOrder = gotOrder
        self.reward = reward
        self.repeats = repeats
    }

    /// What a unit costs that is got.
    public enum Reward: Sendable, Hashable {
        /// So much less.
        case percentOff(Percentage)
        /// So much less.
        case amountOff(Money)
        /// So much, unless it costs less anyway.
        case price(Money)

        /// Nothing.
        public static let free = Reward.percentOff(.whole)
    }
}
