public import MarketplaceCore

/// What becomes of the use of a coupon or of a limit when its order is canceled after it was redeemed.
public enum RestorePolicy: Hashable, Sendable, Codable {
    /// The use is spent.
    case never
    /// The use comes back.
    case always
    /// A coupon comes back as long as it has not expired. The use of a limit, which has no end of its own, comes back.
    case untilExpiry
    /// The use comes back before this time, from then on no more: the end of the campaign, say.
    case until(Timestamp)

    /// Whether the use comes back at `time`; `expiry` is that of a coupon, nil when it has none.
    public func restores(at time: Timestamp, expiry: Timestamp? = nil) -> Bool {
        switch self {
        case .never: false
        case .always: true
        case .untilExpiry: expiry.map { time < $0 } ?? true
        case .until(let end): time < end
        }
    }
}
