public import MarketplaceDomain

/// That a gateway has confirmed a payment after its answer.
public struct PaymentNotice: Sendable, Hashable, Codable {
    /// What the gateway calls the payment, if the notice said so.
    public let reference: GatewayReference?

    /// Makes a notice.
    public init(reference: GatewayReference? = nil) {
        self.reference = reference
    }
}

/// What became of a notice.
public enum PaymentNoticeOutcome: Sendable, Hashable {
    /// It is kept, and used when its turn comes; a repetition changes nothing.
    case accepted
    /// The purchase is over: it was confirmed before, or it was undone and whatever was taken is given back.
    case tooLate
    /// The purchase waits for none: the gateway's answer is enough for it.
    case notAwaited
    /// No such purchase is known (yet): have the notice sent again.
    case unknownOrder
}
