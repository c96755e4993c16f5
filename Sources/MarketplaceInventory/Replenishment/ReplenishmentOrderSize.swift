/// How many units an order is for, before the bounds and the pack are looked at.
public enum ReplenishmentOrderSize: Hashable, Sendable, Codable {
    /// As many as bring the position up to that level: the (*s*, *S*) rule.
    case upTo(level: Int64)
    /// As many whole batches of that many units, such as the economic order quantity, as bring the position up to the
    /// reorder point: the (*s*, *nQ*) rule.
    case batches(of: Int64)
}
