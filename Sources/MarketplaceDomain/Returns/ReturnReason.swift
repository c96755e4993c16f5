/// Why something is sent back.
public enum ReturnReason: String, Sendable, Hashable, Codable, CaseIterable {
    /// It is broken, or does not work.
    case defective
    /// It was damaged on the way.
    case damagedInTransit
    /// It is something else than was ordered.
    case wrongItem
    /// It is not what was described.
    case notAsDescribed
    /// It, or a part of it, was not in the parcel.
    case missing
    /// It came too late.
    case late
    /// The buyer does not want it.
    case changedMind

    /// Whether the seller or the carrier has caused it, and not the buyer.
    public var isSellersFault: Bool { self != .changedMind }
}
