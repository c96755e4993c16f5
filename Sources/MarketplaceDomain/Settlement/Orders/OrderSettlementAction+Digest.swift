public import MarketplaceCore

extension OrderSettlementAction: ContentDigestible {
    /// Takes in what is asked; for how long earnings are held back is a term of the marketplace.
    public func combine(into digest: inout ContentDigest) {
        switch self {
        case .open(let order, let currency, let lines, holdBackSeconds: _):
            digest.combine(all: "open", order, currency, lines.map(\.id))
        case .capture(let entry, let amount, let tender): digest.combine(all: "capture", entry, amount, tender)
        case .deliver(let entry, let units): digest.combine(all: "deliver", entry, units)
        case .amend(let entry, let canceled, let added, let paid, let owed, let bearer, let tender):
            // What is frozen for added units follows from the terms of the time.
            let units = added.map { LineUnits($0.id, $0.units) }
            digest.combine(all: "amend", entry, canceled, units, paid, owed, bearer, tender)
        case .settleChange(let entry, let amount, let tender):
            digest.combine(all: "settleChange", entry, amount, tender)
        case .refund(let entry, let units, let stage, let given, let givenBefore, let bearer, let tender):
            digest.combine(all: "refund", entry, units, stage.rawValue, given, givenBefore, bearer, tender)
        case .compensate(let entry, let amount, let seller, let tender):
            digest.combine(all: "compensate", entry, amount, seller, tender)
        case .oweGoodwill(let entry, let amount, let seller): digest.combine(all: "oweGoodwill", entry, amount, seller)
        case .payGoodwill(let entry, let amount, let tender): digest.combine(all: "payGoodwill", entry, amount, tender)
        case .retain(let entry, let amount, let seller, let tender):
            digest.combine(all: "retain", entry, amount, seller, tender)
        }
    }
}

extension LineUnits: ContentDigestible {
    /// Takes in all of it.
    public func combine(into digest: inout ContentDigest) { digest.combine(all: lineID, units) }
}

extension SettlementTender: ContentDigestible {
    /// Takes in all of it.
    public func combine(into digest: inout ContentDigest) {
        switch self {
        case .gateway: digest.combine(all: "gateway")
        case .storeCredit: digest.combine(all: "store-credit")
        case .split(let limit): digest.combine(all: "split", limit)
        }
    }
}
