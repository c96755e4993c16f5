public import MarketplaceCore

extension ShipmentAction: ContentDigestible {
    /// Takes in what is asked.
    public func combine(into digest: inout ContentDigest) {
        switch self {
        case .create(let id, let order, let buyer, let seller, let units):
            digest.combine(all: "create", id, order, buyer, seller, units)
        case .registerWaybill(let waybill):
            digest.combine(all: "registerWaybill", waybill.carrier, waybill.trackingNumber)
        case .handOver: digest.combine("handOver")
        case .noteTransit: digest.combine("noteTransit")
        case .deliver: digest.combine("deliver")
        case .reportLost: digest.combine("reportLost")
        case .noteReturned: digest.combine("noteReturned")
        case .cancel: digest.combine("cancel")
        }
    }
}
