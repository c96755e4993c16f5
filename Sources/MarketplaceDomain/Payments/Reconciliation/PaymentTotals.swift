public import MarketplaceCore

/// What both sides say was taken and given back in one currency, in minor units.
///
/// The sums are exact however many movements there are.
public struct PaymentTotals: Sendable, Hashable {
    /// The currency.
    public let currency: Currency
    /// Taken, as recorded here.
    public internal(set) var capturedHereMinor: Int128 = 0
    /// Given back, as recorded here.
    public internal(set) var refundedHereMinor: Int128 = 0
    /// Taken, as the gateway says.
    public internal(set) var capturedThereMinor: Int128 = 0
    /// Given back, as the gateway says.
    public internal(set) var refundedThereMinor: Int128 = 0

    init(_ currency: Currency) {
        self.currency = currency
    }

    /// Whether both sides say the same.
    public var isBalanced: Bool {
        capturedHereMinor == capturedThereMinor && refundedHereMinor == refundedThereMinor
    }
}
