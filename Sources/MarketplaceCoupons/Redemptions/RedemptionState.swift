/// Where a redemption stands.
public enum RedemptionState: String, Hashable, Sendable, Codable, CaseIterable {
    /// What it claims is set aside until its deadline.
    case held
    /// What it claims is used.
    case redeemed
    /// It was given back on request before it was redeemed. The end.
    case released
    /// It was given back because its deadline passed. The end.
    case expired
    /// It was given back, as far as its policy allows, because the order was canceled. The end.
    case restored

    /// The states it can move to from here; a move that is not listed is refused.
    public var successors: [RedemptionState] {
        switch self {
        case .held: [.redeemed, .released, .expired]
        case .redeemed: [.restored]
        case .released, .expired, .restored: []
        }
    }

    /// Whether it can move no more.
    public var isEnded: Bool { successors.isEmpty }
}
