/// How a saved payment method is shown to its owner: a brand and the last four digits.
public struct PaymentMethodLabel: Sendable, Hashable, Codable {
    /// The most bytes of a brand: the longest in use have less than 32.
    public static let maximumBrandBytes = 64

    /// The brand or the kind, such as `Visa` or `Bank account`.
    public let brand: String
    /// The last four digits, as PCI DSS 3.4.1 allows them to be shown; nil for methods without a number.
    public let lastFour: String?

    /// Checks the parts and makes a label.
    ///
    /// - Throws: ``PaymentMethodRefusal/brandLength(byteCount:maximum:)``, ``PaymentMethodRefusal/lastFour`` or
    ///   ``PaymentMethodRefusal/cardNumber``.
    public init(brand: String, lastFour: String? = nil) throws(PaymentMethodRefusal) {
        let count = brand.utf8.count
        guard (1...Self.maximumBrandBytes).contains(count) else {
            throw .brandLength(byteCount: count, maximum: Self.maximumBrandBytes)
        }
        guard !CardNumber.isContained(in: brand), !CardNumber.isContained(in: lastFour ?? "") else { throw .cardNumber }
        if let lastFour {
            let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
            guard lastFour.utf8.count == 4, lastFour.utf8.allSatisfy(digits.contains) else { throw .lastFour }
        }
        self.brand = brand
        self.lastFour = lastFour
    }
}

extension PaymentMethodLabel: CustomStringConvertible {
    /// The brand and the last four digits, such as `Visa •••• 4242`.
    public var description: String { lastFour.map { "\(brand) •••• \($0)" } ?? brand }
}
