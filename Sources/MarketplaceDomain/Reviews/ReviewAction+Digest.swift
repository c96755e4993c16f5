public import MarketplaceCore

extension ReviewAction: ContentDigestible {
    /// Takes in what is asked; the edit window is a term of the marketplace.
    public func combine(into digest: inout ContentDigest) {
        switch self {
        case .publish(let id, let product, let author, let order, let rating, let text, editWindow: _):
            digest.combine(all: "publish", id, product, author, order, rating, text)
        case .edit(let rating, let text): digest.combine(all: "edit", rating, text)
        case .hide(let reason): digest.combine(all: "hide", reason.rawValue)
        case .restore: digest.combine("restore")
        case .withdraw: digest.combine("withdraw")
        }
    }
}

extension ReviewText: ContentDigestible {
    /// Takes in the title and the body.
    public func combine(into digest: inout ContentDigest) { digest.combine(all: title, body) }
}
