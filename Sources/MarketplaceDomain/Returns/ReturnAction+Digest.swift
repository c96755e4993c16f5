public import MarketplaceCore

extension ReturnAction: ContentDigestible {
    /// Takes in what is asked; the terms, and what of the order can still be returned, are looked up.
    public func combine(into digest: inout ContentDigest) {
        switch self {
        case .request(let id, let order, let kind, let items, terms: _, let replacement):
            digest.combine(all: "request", id, order.id, kind.rawValue, items, replacement)
        case .approve: digest.combine("approve")
        case .reject(let reason): digest.combine(all: "reject", reason.rawValue)
        case .cancel: digest.combine("cancel")
        case .expire: digest.combine("expire")
        case .send: digest.combine("send")
        case .receive(let units): digest.combine(all: "receive", units)
        case .complete(let refunded, let givenBefore, let units, let charges, let replacement):
            digest.combine(all: "complete", refunded, givenBefore, units, charges, replacement)
        case .settle: digest.combine("settle")
        }
    }
}

extension ReturnItem: ContentDigestible {
    /// Takes in all of it.
    public func combine(into digest: inout ContentDigest) { digest.combine(all: lineIndex, quantity, reason.rawValue) }
}

extension ReturnedUnits: ContentDigestible {
    /// Takes in all of it.
    public func combine(into digest: inout ContentDigest) {
        digest.combine(all: lineIndex, units, disposition.rawValue)
    }
}
