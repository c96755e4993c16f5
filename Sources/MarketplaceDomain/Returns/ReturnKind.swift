/// What the buyer wants for what they send back.
public enum ReturnKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Their money.
    case refund
    /// Something else, with the difference in price paid or given back.
    case exchange
    /// Their money for goods that were not as they should be: nothing need be sent back.
    case claimRefund
    /// The same again for goods that were not as they should be: nothing need be sent back.
    case claimReplacement

    /// Whether goods come back.
    public var expectsGoods: Bool {
        switch self {
        case .refund, .exchange: true
        case .claimRefund, .claimReplacement: false
        }
    }

    /// Whether it is the seller's fault by its nature, so that a reason of the buyer's own does not do.
    public var isClaim: Bool { !expectsGoods }
}
