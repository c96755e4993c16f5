public import MarketplaceCore

extension PaymentAction: ContentDigestible {
    /// Takes in what is asked.
    public func combine(into digest: inout ContentDigest) {
        switch self {
        case .create(let id, let order, let buyer, let amount):
            digest.combine(all: "create", id, order, buyer, amount)
        case .beginAuthorization(let key, let amount): digest.combine(all: "beginAuthorization", key, amount)
        case .beginCapture(let key, let amount): digest.combine(all: "beginCapture", key, amount)
        case .beginVoid(let key): digest.combine(all: "beginVoid", key)
        case .refuseOperation(let key): digest.combine(all: "refuseOperation", key)
        case .authorize(let amount, let reference): digest.combine(all: "authorize", amount, reference)
        case .capture(let key, let amount): digest.combine(all: "capture", key, amount)
        case .void: digest.combine("void")
        case .initiateRefund(let key, let amount, let destination):
            digest.combine(all: "initiateRefund", key, amount, destination.rawValue)
        case .completeRefund(let key): digest.combine(all: "completeRefund", key)
        case .failRefund(let key): digest.combine(all: "failRefund", key)
        case .settleDiscrepancy(let id, let kind, let key, let end):
            digest.combine(all: "settleDiscrepancy", id, kind.rawValue, key, end.rawValue)
        case .fail(let reason): digest.combine(all: "fail", reason.rawValue)
        }
    }
}
