public import MarketplaceCore

extension EnterpriseAction: ContentDigestible {
    /// Takes in what is asked.
    public func combine(into digest: inout ContentDigest) {
        switch self {
        case .register(let id, let owner): digest.combine(all: "register", id, owner)
        case .verify: digest.combine("verify")
        case .reject(let reason): digest.combine(all: "reject", reason.rawValue)
        case .resubmit: digest.combine("resubmit")
        }
    }
}
