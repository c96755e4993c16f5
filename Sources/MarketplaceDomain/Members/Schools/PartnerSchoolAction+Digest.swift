public import MarketplaceCore

extension PartnerSchoolAction: ContentDigestible {
    /// Takes in what is asked.
    public func combine(into digest: inout ContentDigest) {
        switch self {
        case .add(let id, let domain): digest.combine(all: "add", id, domain)
        case .end: digest.combine("end")
        }
    }
}
