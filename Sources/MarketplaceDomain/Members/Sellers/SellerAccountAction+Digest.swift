public import MarketplaceCore

extension SellerAccountAction: ContentDigestible {
    /// Takes in what is asked; whether the enterprise is verified is looked up.
    public func combine(into digest: inout ContentDigest) {
        switch self {
        case .apply(let id, let owner, let enterprise): digest.combine(all: "apply", id, owner, enterprise)
        case .verify: digest.combine("verify")
        case .suspend(let reason): digest.combine(all: "suspend", reason.rawValue)
        case .reinstate: digest.combine("reinstate")
        case .close(let reason): digest.combine(all: "close", reason.rawValue)
        }
    }
}
