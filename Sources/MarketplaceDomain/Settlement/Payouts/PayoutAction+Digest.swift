public import MarketplaceCore

extension PayoutAction: ContentDigestible {
    /// Takes in what is asked.
    public func combine(into digest: inout ContentDigest) {
        switch self {
        case .create(let id, let seller, let amount, let period, let settles, let entry):
            digest.combine(all: "create", id, seller, amount, period.start, period.end, settles, entry)
        case .send: digest.combine("send")
        case .confirm(let reference): digest.combine(all: "confirm", reference)
        case .fail(let reason): digest.combine(all: "fail", reason)
        case .return(let reason): digest.combine(all: "return", reason)
        }
    }
}
